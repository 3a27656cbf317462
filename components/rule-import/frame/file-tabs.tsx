import { CircleX } from "lucide-react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import { type ImportFile, isSettled, targetOf } from "../import-state.ts";

type FileTabsProps = {
  readonly files: readonly ImportFile[];
  readonly openedFor: ProfileId | undefined;
  readonly selectedKey: number | undefined;
  readonly onSelect: (key: number) => void;
};

/** One button per file, when there are several; each says where it goes and whether something is left to settle. */
export function FileTabs({ files, openedFor, selectedKey, onSelect }: FileTabsProps) {
  if (files.length < 2) return null;
  return (
    <fieldset className="thin-scroll flex shrink-0 gap-1.5 overflow-x-auto border-b border-line px-[22px] py-2">
      <legend className="sr-only">Files</legend>
      {files.map((file) => {
        const isHere = file.key === selectedKey;
        const target = targetOf(file, openedFor);
        return (
          <button
            key={file.key}
            type="button"
            aria-pressed={isHere}
            onClick={() => onSelect(file.key)}
            className={`flex h-7 shrink-0 items-center gap-1.5 rounded-chip border px-2 text-small coarse:h-10 ${isHere ? "border-amber-line bg-sel font-[550]" : "border-line bg-raised text-ink-2 hover:bg-hover"}`}
          >
            {isSettled(file, openedFor) ? (
              <VerdictMark mark="allow" size={12} />
            ) : (
              <Icon of={CircleX} size={12} className="text-deny-text" />
            )}
            <span className="max-w-40 truncate">{file.name}</span>
            <span className="text-ink-3">{target === undefined ? "choose a profile" : `into ${target}`}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
