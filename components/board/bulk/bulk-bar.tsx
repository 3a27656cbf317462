"use client";

import { Replace, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import type { BoardItem } from "../board-model.ts";
import { BulkDialog } from "./bulk-dialog.tsx";
import type { Replacement } from "./replace-in-profile.ts";

type BulkBarProps = {
  readonly selected: ReadonlySet<ProfileId>;
  readonly shown: readonly BoardItem[];
  readonly canSave: boolean;
  readonly onSelect: (ids: readonly ProfileId[]) => void;
};

/** What can be done to all selected profiles at once. Nothing is written before its preview is seen. */
export function BulkBar({ selected, shown, canSave, onSelect }: BulkBarProps) {
  const [open, setOpen] = useState<Replacement["kind"]>();
  const live = shown.flatMap((item) => (item.live === undefined ? [] : [item.id]));
  const hasMore = live.some((id) => !selected.has(id));
  const hidden = [...selected].filter((id) => !live.includes(id)).length;
  return (
    <section
      aria-label="Selection"
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-amber-line bg-sel px-[22px] py-2 max-md:px-4"
    >
      <p className="font-[600]">
        {selected.size === 1 ? "1 profile selected" : `${selected.size} profiles selected`}
        {hidden > 0 ? <span className="font-[400] text-ink-2">, {hidden} not shown</span> : null}
      </p>
      <span className="ms-auto flex flex-wrap items-center gap-2">
        {hasMore ? (
          <Button look="plain" size="small" onClick={() => onSelect([...new Set([...selected, ...live])])}>
            Select all {live.length} shown
          </Button>
        ) : null}
        <Button size="small" onClick={() => setOpen("port")}>
          <Icon of={Replace} size={12} />
          Replace a port…
        </Button>
        <Button size="small" onClick={() => setOpen("tag")}>
          <Icon of={Replace} size={12} />
          Replace a tag…
        </Button>
        <Button look="plain" size="icon" aria-label="Clear selection" onClick={() => onSelect([])}>
          <Icon of={X} size={14} />
        </Button>
      </span>
      {open === undefined ? null : (
        <BulkDialog kind={open} selected={selected} canSave={canSave} onClose={() => setOpen(undefined)} />
      )}
    </section>
  );
}
