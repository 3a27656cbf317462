"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { useMemo, useState } from "react";
import { placeName } from "#analysis/question/format-place.ts";
import { describeReachText } from "#analysis/question/reach/describe-reach-problem.ts";
import { parseReachText } from "#analysis/question/reach/parse-reach-text.ts";
import { checkHref } from "#components/check/check-href.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Coat } from "#components/marks/coat.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Snapshot } from "#policy/snapshot.ts";
import { AskedItem } from "./asked-item.tsx";
import { type PaletteDeed, type PaletteEntry, paletteEntries } from "./palette-entries.ts";

/** Go to, act, and ask: one field for all three. What fits is ours to find and order; the list and its keys are cmdk's. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const policy = usePolicy();
  const snapshot = policy.kind === "known" ? policy.state.snapshot : undefined;
  const [text, setText] = useState("");
  const asked = useMemo(() => readQuestion(text, snapshot), [text, snapshot]);
  const entries = useMemo(() => entriesFor(text, asked, snapshot), [text, asked, snapshot]);
  const perform = usePerform(onClose);
  return (
    <Dialog open onOpenChange={onClose} title="Search or ask" width="medium">
      <Command shouldFilter={false} loop label="Search, act, or ask: can web reach app 7890">
        <div className="flex items-center gap-2.5 border-b border-line pb-2">
          <Icon of={Search} className="text-ink-3" />
          <Command.Input
            placeholder="Go to, act, or ask: can web reach app 7890"
            autoFocus
            maxLength={500}
            value={text}
            onValueChange={setText}
            className="h-9 min-w-0 grow bg-transparent text-heading font-[400] tracking-normal outline-none"
          />
        </div>
        <Command.List label="Results" className="py-2 [&>div]:flex [&>div]:flex-col [&>div]:gap-px">
          <Command.Empty className="px-2 py-3 text-ink-2">
            {asked?.kind === "unclear" ? asked.because : `Nothing is called “${text}”.`}
          </Command.Empty>
          {asked?.kind === "question" ? (
            <AskedItem
              key={asked.href}
              question={asked.question}
              onChoose={() => perform({ kind: "go", href: asked.href })}
            />
          ) : null}
          {entries.map((entry) => (
            <EntryItem key={entry.key} entry={entry} onChoose={() => perform(entry.does)} />
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function EntryItem({ entry, onChoose }: { readonly entry: PaletteEntry; readonly onChoose: () => void }) {
  return (
    <Command.Item
      value={entry.key}
      onSelect={onChoose}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-control px-2 hover:bg-hover aria-selected:bg-sel coarse:min-h-11"
    >
      {entry.kind === "profile" ? (
        <Coat name={entry.name} />
      ) : (
        <Icon of={entry.icon} size={16} className="text-ink-3" />
      )}
      <span className="min-w-0 grow truncate">{entry.name}</span>
      <span className="text-caption text-ink-3">{entry.kind}</span>
    </Command.Item>
  );
}

/** A name or two are looked for; more words are read as a question, and what is wrong with one is said. */
const FEWEST_WORDS = 3;

function readQuestion(text: string, snapshot: Snapshot | undefined) {
  if (snapshot === undefined || text.trim().split(/\s+/).length < FEWEST_WORDS) return undefined;
  const question = parseReachText(text, snapshot);
  if (!question.ok) return { kind: "unclear", because: describeReachText(question.error) } as const;
  return { kind: "question", question: question.value, href: checkHref(question.value) } as const;
}

/** Beside a question stand the profiles it is about. */
function entriesFor(text: string, asked: ReturnType<typeof readQuestion>, snapshot: Snapshot | undefined) {
  if (asked?.kind !== "question") return paletteEntries(text, snapshot);
  const names = new Set([asked.question.to, asked.question.from].map(placeName));
  return [...names].flatMap((name) => paletteEntries(name, snapshot).filter((entry) => entry.name === name));
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
