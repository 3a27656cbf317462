"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type KeyboardEvent, useId, useMemo, useState } from "react";
import type { AskedPacket } from "#components/judge/judge-messages.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Coat } from "#components/marks/coat.tsx";
import { placeOfNode, WORLD_KEY } from "#components/reach/place-key.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { AskedRow } from "./asked-row.tsx";
import { type PaletteDeed, type PaletteEntry, paletteEntries } from "./palette-entries.ts";
import { parseAsked } from "./parse-asked.ts";

/** Go to, act, and ask: one field for all three. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const listId = useId();
  const policy = usePolicy();
  const snapshot = policy.kind === "known" ? policy.state.snapshot : undefined;
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const asked = useMemo(() => snapshot && parseAsked(text, snapshot), [text, snapshot]);
  const entries = useMemo(() => paletteEntries(text, snapshot), [text, snapshot]);
  const perform = usePerform(onClose);
  const options = (asked ? 1 : 0) + entries.length;
  const choose = (index: number) => {
    const entry = entries[index - (asked ? 1 : 0)];
    if (entry !== undefined) perform(entry.does);
    else if (asked !== undefined && index === 0) perform({ kind: "go", href: explanationHref(asked) });
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (step === undefined) choose(at);
    else if (options > 0) setAt((before) => (before + step + options) % options);
  };
  const optionId = (index: number) => `${listId}-${index}`;
  return (
    <Dialog open onOpenChange={onClose} title="Search or ask" width="medium">
      <div className="flex items-center gap-2.5 border-b border-line pb-2">
        <Icon of={Search} className="text-ink-3" />
        <input
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={options > 0 ? optionId(at) : undefined}
          aria-label="Search, act, or ask: can web reach app 7890"
          placeholder="Go to, act, or ask: can web reach app 7890"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          maxLength={500}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
          className="h-9 min-w-0 grow bg-transparent text-heading font-[400] tracking-normal outline-none"
        />
      </div>
      <div id={listId} role="listbox" tabIndex={-1} aria-label="Results" className="flex flex-col gap-px py-2">
        {asked ? (
          <AskedRow
            key={JSON.stringify(asked)}
            id={optionId(0)}
            asked={asked}
            isAt={at === 0}
            onChoose={() => choose(0)}
          />
        ) : null}
        {entries.map((entry, place) => {
          const index = place + (asked ? 1 : 0);
          return (
            <EntryRow
              key={entry.key}
              id={optionId(index)}
              {...{ entry }}
              isAt={index === at}
              onChoose={() => choose(index)}
            />
          );
        })}
      </div>
      {options === 0 ? <p className="px-2 py-3 text-ink-2">Nothing is called “{text}”.</p> : null}
    </Dialog>
  );
}

type EntryRowProps = {
  readonly id: string;
  readonly entry: PaletteEntry;
  readonly isAt: boolean;
  readonly onChoose: () => void;
};

function EntryRow({ id, entry, isAt, onChoose }: EntryRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, as in every combobox.
    <div
      tabIndex={-1}
      id={id}
      role="option"
      aria-selected={isAt}
      onClick={onChoose}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-control px-2 hover:bg-hover aria-selected:bg-sel coarse:min-h-11"
    >
      {entry.kind === "profile" ? (
        <Coat name={entry.name} />
      ) : (
        <Icon of={entry.icon} size={16} className="text-ink-3" />
      )}
      <span className="min-w-0 grow truncate">{entry.name}</span>
      <span className="text-caption text-ink-3">{entry.kind}</span>
    </div>
  );
}

function usePerform(onClose: () => void): (deed: PaletteDeed) => void {
  const router = useRouter();
  const { setTheme } = useTheme();
  return (deed) => {
    onClose();
    if (deed.kind === "theme") setTheme(deed.theme);
    else router.push(deed.href);
  };
}

/** The pair in the graph, where the argument for the answer stands. */
function explanationHref({ from, to }: AskedPacket): string {
  const key = (place: string) => (place === "world" ? WORLD_KEY : placeOfNode(place));
  return `/graph?${new URLSearchParams({ from: key(from), to: key(to) }).toString()}`;
}
