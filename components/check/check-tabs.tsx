"use client";

import { useId } from "react";
import { CHECK_TABS, type CheckTab, type CheckView } from "./use-check-view.ts";

const NAMES: Readonly<Record<CheckTab, string>> = { ask: "Ask", intents: "Intents", findings: "Findings" };

/** Ask, intents, findings. */
export function CheckTabs({ view, broken }: { readonly view: CheckView; readonly broken: number }) {
  const group = useId();
  return (
    <fieldset className="flex w-fit shrink-0 rounded-control border border-line bg-tag-fill p-0.5">
      <legend className="sr-only">Part of the page</legend>
      {CHECK_TABS.map((tab) => (
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
          {tab === "intents" && broken > 0 ? (
            <span className="rounded-full border border-dashed border-deny bg-deny-tint px-1.5 text-caption text-deny-text">
              {broken}
              <span className="sr-only"> broken</span>
            </span>
          ) : null}
        </label>
      ))}
    </fieldset>
  );
}
