import { KeyRound, LockKeyhole, X } from "lucide-react";
import { Icon } from "./icon.tsx";

type TagChipProps = {
  readonly tag: string;
  /** A held tag is a key, an admitted tag is a lock. */
  readonly holding: "held" | "admitted";
  readonly isDraft?: boolean;
  readonly count?: number;
  readonly onRemove?: () => void;
  readonly tabIndex?: number;
};

const LOOKS = {
  held: "bg-tag-fill text-ink border-transparent",
  admitted: "border-control-line text-ink-2",
  draft: "hatch border-amber-line text-ink",
};

export function TagChip({ tag, holding, isDraft = false, count, onRemove, tabIndex }: TagChipProps) {
  const icon = holding === "held" ? KeyRound : LockKeyhole;
  return (
    <span
      className={`inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-chip border px-1.5 text-small ${LOOKS[isDraft ? "draft" : holding]}`}
      title={`${holding === "held" ? "Holds" : "Admits"} ${tag}${isDraft ? ", not saved yet" : ""}`}
    >
      <Icon of={icon} size={12} className={holding === "held" ? "text-amber-text" : "text-ink-3"} />
      <span className="sr-only">{holding === "held" ? "holds " : "admits "}</span>
      <span className="mono truncate text-[11px]">{tag}</span>
      {count === undefined ? null : <span className="text-caption text-ink-3">{count}</span>}
      {onRemove ? (
        <button
          type="button"
          tabIndex={tabIndex}
          onClick={onRemove}
          aria-label={`Remove tag ${tag}`}
          className="-me-1 flex size-4 items-center justify-center rounded-key text-ink-3 hover:bg-line hover:text-ink"
        >
          <Icon of={X} size={11} />
        </button>
      ) : null}
    </span>
  );
}
