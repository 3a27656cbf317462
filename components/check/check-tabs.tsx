"use client";

import { useId } from "react";
import type { CheckTab, CheckView } from "./use-check-view.ts";

const NAMES: Readonly<Record<CheckTab, string>> = { ask: "Ask", intents: "Intents", findings: "Findings" };

/** Ask, intents, findings. */
export function CheckTabs({ view }: { readonly view: CheckView }) {
  const group = useId();
  return (
    <fieldset className="flex w-fit shrink-0 rounded-control border border-line bg-tag-fill p-0.5">
      <legend className="sr-only">Part of the page</legend>
      {(["ask", "findings"] as const).map((tab) => (
        <label
          key={tab}
          className="flex h-[26px] cursor-pointer items-center gap-1.5 rounded-chip px-2.5 text-small text-ink-2 has-checked:bg-surface has-checked:font-[600] has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-10"
        >
          <input
            type="radio"
            name={group}
            className="sr-only"
            checked={view.tab === tab}
            onChange={() => view.show(tab)}
          />
          {NAMES[tab]}
        </label>
      ))}
    </fieldset>
  );
}
