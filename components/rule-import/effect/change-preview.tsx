"use client";

import { ArrowDownToLine, ArrowUpFromLine, KeyRound } from "lucide-react";
import { Icon } from "#components/ui/icon.tsx";
import { TagChip } from "#components/ui/tag-chip.tsx";
import { COMBINE_MODES, type CombineMode } from "#policy/edit/combine-rules.ts";
import type { Direction } from "#policy/rule.ts";
import { CopyCommand } from "./copy-command.tsx";
import type { FileEffect } from "./file-effect.ts";
import type { RuleChange } from "./rule-change.ts";
import { RuleChangeRow } from "./rule-change-row.tsx";
import { countChanges } from "./rule-changes.ts";

type ChangePreviewProps = {
  readonly effect: FileEffect;
  readonly onMode: (direction: Direction, mode: CombineMode) => void;
};

/** What becomes of every rule of the profile, in the order it will have. */
export function ChangePreview({ effect, onMode }: ChangePreviewProps) {
  const { file, profileId, isNew, isUnreadable, inbound, outbound } = effect;
  const count = countChanges(inbound) + countChanges(outbound);
  const isPlainUpdate = !isNew && file.modes.inbound === "replace" && file.modes.outbound === "replace";
  return (
    <section
      aria-label="Rules"
      className="thin-scroll flex min-h-0 flex-col gap-4 bg-sunken p-[18px] lg:overflow-y-auto"
    >
      <header className="flex flex-wrap items-baseline gap-2">
        <h3 className="text-heading">
          Rules of <span className="mono">{profileId}</span>
        </h3>
        <span className="text-small text-ink-2">{countWords(count, isNew)}</span>
      </header>
      {isUnreadable ? (
        <p className="text-deny-text">
          The stored rules of {profileId} cannot be read. They can be replaced, not combined with: choose Replace for
          both directions.
        </p>
      ) : null}
      <DirectionChanges direction="inbound" changes={inbound} mode={file.modes.inbound} onMode={onMode} />
      <DirectionChanges direction="outbound" changes={outbound} mode={file.modes.outbound} onMode={onMode} />
      <TagsNote effect={effect} />
      {isPlainUpdate ? <CopyCommand command={`calicoctl profile ${profileId} rule update < ${file.name}`} /> : null}
    </section>
  );
}

function countWords(count: number, isNew: boolean): string {
  if (isNew) return "a new profile";
  if (count === 0) return "nothing changes";
  return count === 1 ? "1 change" : `${count} changes`;
}

type DirectionChangesProps = {
  readonly direction: Direction;
  readonly changes: readonly RuleChange[];
  readonly mode: CombineMode;
  readonly onMode: ChangePreviewProps["onMode"];
};

/** More rules than anyone reads one by one; the rest is counted. */
const MAX_ROWS = 300;

const MODE_WORDS: Readonly<Record<CombineMode, string>> = {
  replace: "Replace",
  append: "Append",
  merge: "Merge",
  keep: "Leave",
};

function DirectionChanges({ direction, changes, mode, onMode }: DirectionChangesProps) {
  const name = direction === "inbound" ? "Inbound" : "Outbound";
  return (
    <div>
      <div className="mb-1.5 flex flex-wrap items-center gap-2">
        <Icon of={direction === "inbound" ? ArrowDownToLine : ArrowUpFromLine} size={14} className="text-ink-3" />
        <h4 className="text-small font-[550]">{name}</h4>
        <fieldset className="ms-auto flex rounded-control border border-line bg-tag-fill p-0.5">
          <legend className="sr-only">What happens to the {direction} rules of today</legend>
          {COMBINE_MODES.map((each) => (
            <label
              key={each}
              className="flex h-6 items-center rounded-chip px-2.5 text-small text-ink-2 has-checked:bg-raised has-checked:font-[550] has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-10"
            >
              <input
                type="radio"
                name={`mode-${direction}`}
                value={each}
                checked={mode === each}
                onChange={() => onMode(direction, each)}
                className="sr-only"
              />
              {MODE_WORDS[each]}
            </label>
          ))}
        </fieldset>
      </div>
      <ul
        className="overflow-hidden rounded-list border border-line bg-raised"
        aria-label={`${name} rules after the import`}
      >
        {changes.slice(0, MAX_ROWS).map((change) => (
          <RuleChangeRow
            key={`${"to" in change ? change.to : ""}<${"from" in change ? change.from : ""}`}
            {...{ change, direction }}
          />
        ))}
        {changes.length > MAX_ROWS ? (
          <li className="px-3 py-2.5 text-ink-2">
            and {changes.length - MAX_ROWS} more, {countChanges(changes.slice(MAX_ROWS))} of them changed
          </li>
        ) : null}
        {changes.length === 0 ? (
          <li className="px-3 py-2.5 text-ink-3">No {direction} rules, before or after</li>
        ) : null}
      </ul>
    </div>
  );
}

function TagsNote({ effect: { profileId, isNew, after } }: { readonly effect: FileEffect }) {
  const held = after.tags.kind === "valid" ? after.tags.value : [];
  return (
    <p className="flex flex-wrap items-center gap-1.5 rounded-list border border-line px-3 py-2.5 text-small text-ink-2">
      <Icon of={KeyRound} size={14} className="text-ink-3" />
      <span className="me-1">
        Tags are not in this file. {profileId} {isNew ? "begins with" : "keeps"}
        {held.length === 0 ? " none" : ""}
      </span>
      {held.map((tag) => (
        <TagChip key={tag} tag={tag} holding="held" />
      ))}
    </p>
  );
}
