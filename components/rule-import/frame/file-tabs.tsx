import { CircleX } from "lucide-react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ImportState, PartPlace } from "../import-state.ts";
import { isFileSettled, type PlannedPart, partsOf } from "../planned-parts.ts";
import { FileName } from "./file-name.tsx";

type FileTabsProps = {
  readonly state: ImportState;
  /** One tab per profile instead of one per file. */
  readonly ofParts: boolean;
  readonly onSelect: (place: PartPlace) => void;
};

type Tab = {
  readonly place: PartPlace;
  readonly name: string;
  readonly into: string;
  readonly isSettled: boolean;
  readonly isOut: boolean;
};

/** One button per file or profile, when there are several; each says where it goes and whether something is left to settle. */
export function FileTabs({ state, ofParts, onSelect }: FileTabsProps) {
  const { selected } = state;
  const tabs = ofParts ? partTabs(state) : fileTabs(state);
  if (tabs.length < 2) return null;
  return (
    <fieldset className="thin-scroll flex shrink-0 gap-1.5 overflow-x-auto border-b border-line px-[22px] py-2">
      <legend className="sr-only">{ofParts ? "Profiles" : "Files"}</legend>
      {tabs.map(({ place, name, into, isSettled, isOut }) => {
        const isHere = place.key === selected?.key && (!ofParts || place.part === selected.part);
        return (
          <button
            key={`${place.key} ${place.part}`}
            type="button"
            aria-pressed={isHere}
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
    </fieldset>
  );
}

function fileTabs({ files, openedFor }: ImportState): readonly Tab[] {
  return files.map((file) => {
    const parts = partsOf(file, openedFor);
    return {
      place: { key: file.key, part: 0 },
      name: file.name,
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
      name: parts.length > 1 ? (planned.target ?? `rules ${planned.part + 1}`) : file.name,
      into: planned.choice.isLeftOut ? "left out" : parts.length > 1 ? "" : intoWords(planned),
      isSettled: planned.target !== undefined,
      isOut: planned.choice.isLeftOut,
    }));
  });
}

function intoWords(planned: PlannedPart | undefined): string {
  return planned?.target === undefined ? "choose a profile" : `into ${planned.target}`;
}
