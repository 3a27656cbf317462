import { CircleX } from "lucide-react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ImportFile, ImportState, PartPlace } from "../import-state.ts";
import { isFileSettled, type PlannedPart, partsOf } from "../planned-parts.ts";
import { FileName } from "./file-name.tsx";

type FileTabsProps = {
  readonly state: ImportState;
  /** One tab per profile instead of one per file. */
  readonly ofParts: boolean;
  /** `key part` of profiles that nothing changes: counted instead of listed. */
  readonly quiet?: ReadonlySet<string>;
  readonly onSelect: (place: PartPlace) => void;
};

/** More than anyone goes through one by one. */
const MAX_TABS = 100;
const NONE: ReadonlySet<string> = new Set();

type Tab = {
  readonly place: PartPlace;
  readonly name: string;
  readonly into: string;
  readonly read: "reading" | "good" | "bad";
  readonly isSettled: boolean;
  readonly isOut: boolean;
};

/** One button per file or profile, when there are several; each says where it goes and whether something is left to settle. */
export function FileTabs({ state, ofParts, quiet = NONE, onSelect }: FileTabsProps) {
  const { selected } = state;
  const tabs = ofParts ? partTabs(state) : fileTabs(state);
  if (tabs.length < 2) return null;
  const isSelected = ({ place }: Tab) => place.key === selected?.key && (!ofParts || place.part === selected.part);
  const shown = tabs.filter((tab) => isSelected(tab) || !quiet.has(nameOf(tab))).slice(0, MAX_TABS);
  const hidden = tabs.length - shown.length;
  return (
    <fieldset className="thin-scroll flex shrink-0 gap-1.5 overflow-x-auto border-b border-line px-[22px] py-2">
      <legend className="sr-only">{ofParts ? "Profiles" : "Files"}</legend>
      {shown.map((tab) => {
        const { place, name, into, read, isSettled, isOut } = tab;
        const isHere = isSelected(tab);
        return (
          <button
            key={nameOf(tab)}
            type="button"
            aria-pressed={isHere}
            data-read={read}
            onClick={() => onSelect(place)}
            className={`flex h-7 shrink-0 items-center gap-1.5 rounded-chip border px-2 text-small coarse:h-10 ${isHere ? "border-amber-line bg-sel font-[550]" : "border-line bg-raised text-ink-2 hover:bg-hover"} ${isOut ? "line-through" : ""}`}
          >
            {isSettled ? (
              <VerdictMark mark="allow" size={12} />
            ) : (
              <Icon of={CircleX} size={12} className="text-deny-text" />
            )}
            <span className="max-w-40 truncate">
              <FileName name={name} />
            </span>
            <span className="text-ink-3">{into}</span>
          </button>
        );
      })}
      {hidden > 0 ? (
        <span className="flex shrink-0 items-center text-small text-ink-2">{hiddenWords(hidden, quiet.size)}</span>
      ) : null}
    </fieldset>
  );
}

function nameOf({ place }: Tab): string {
  return `${place.key} ${place.part}`;
}

function hiddenWords(hidden: number, quietCount: number): string {
  return hidden <= quietCount ? `${hidden} stay as they are` : `and ${hidden} more`;
}

function fileTabs({ files, openedFor }: ImportState): readonly Tab[] {
  return files.map((file) => {
    const parts = partsOf(file, openedFor);
    return {
      place: { key: file.key, part: 0 },
      name: file.name,
      read: readingOf(file),
      into: parts.length > 1 ? `${parts.length} profiles` : intoWords(parts[0]),
      isSettled: isFileSettled(file, openedFor),
      isOut: false,
    };
  });
}

function partTabs({ files, openedFor }: ImportState): readonly Tab[] {
  return files.flatMap((file) => {
    const parts = partsOf(file, openedFor);
    return parts.map((planned) => ({
      place: { key: file.key, part: planned.part },
      read: readingOf(file),
      name: parts.length > 1 ? (planned.target ?? `rules ${planned.part + 1}`) : file.name,
      into: planned.choice.isLeftOut ? "left out" : parts.length > 1 ? "" : intoWords(planned),
      isSettled: planned.target !== undefined,
      isOut: planned.choice.isLeftOut,
    }));
  });
}

function readingOf({ parse }: ImportFile): Tab["read"] {
  if (parse.kind === "parsing") return "reading";
  return parse.issueCount > 0 ? "bad" : "good";
}

function intoWords(planned: PlannedPart | undefined): string {
  return planned?.target === undefined ? "choose a profile" : `into ${planned.target}`;
}
