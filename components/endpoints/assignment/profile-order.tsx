"use client";

import { ChevronDown, ChevronUp, GripVertical, X } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { listedProfile } from "../endpoint-rows.ts";
import { ProfileChip } from "../profile-chain.tsx";
import { useListDrag } from "./use-list-drag.ts";

type ProfileOrderProps = {
  readonly list: readonly ProfileId[];
  readonly snapshot: Snapshot;
  readonly isDraft: boolean;
  /** `words` say what happened, for those who do not see it. */
  readonly onChange: (list: readonly ProfileId[], words: string) => void;
};

/** The list itself. Three ways to reorder: the handle, Alt with arrows, Home and End, and the two buttons. */
export function ProfileOrder({ list, snapshot, isDraft, onChange }: ProfileOrderProps) {
  const items = useRef<HTMLOListElement>(null);
  const move = (from: number, to: number) => {
    const id = list[from];
    if (id === undefined || to < 0 || to >= list.length || to === from) return;
    const next = list.filter((_, index) => index !== from);
    next.splice(to, 0, id);
    onChange(next, `${id} moved to position ${to + 1} of ${list.length}`);
    // Focus follows the profile, so that the next key moves it further.
    requestAnimationFrame(() => items.current?.querySelectorAll<HTMLElement>("[data-grip]")[to]?.focus());
  };
  const { drag, handleProps, cancel } = useListDrag(items, move);
  const remove = (at: number) =>
    onChange(
      list.filter((_, index) => index !== at),
      `${list[at] ?? ""} removed`,
    );

  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (event.key === "Escape" && drag !== undefined) {
      event.preventDefault();
      cancel();
      return;
    }
    const to = event.altKey ? targetOf(event.key, at, list.length - 1) : undefined;
    if (to === undefined) return;
    event.preventDefault();
    move(at, to);
  };

  if (list.length === 0) {
    return (
      <p className="rounded-list border border-dashed border-control-line p-3 text-ink-2">
        No profile: it sends and receives nothing.
      </p>
    );
  }
  return (
    <ol
      ref={items}
      aria-label="Profiles in order"
      className={`rounded-list border ${isDraft ? "hatch border-amber-line" : "border-line bg-raised"}`}
    >
      {list.map((id, index) => (
        <li
          // A list written by others may name a profile twice.
          key={`${id} ${list.slice(0, index).filter((other) => other === id).length}`}
          data-profile={id}
          className={`relative flex min-h-10 items-center gap-1.5 border-b border-line px-1.5 last:border-b-0 ${drag?.from === index ? "opacity-60" : ""}`}
        >
          {drag?.gap === index ? <DropLine edge="top" /> : null}
          {drag?.gap === list.length && index === list.length - 1 ? <DropLine edge="bottom" /> : null}
          <button
            type="button"
            data-grip
            aria-label={`${id}, position ${index + 1} of ${list.length}. Alt with arrows moves it`}
            onKeyDown={(event) => onKeyDown(event, index)}
            {...handleProps(index)}
            className="flex size-6 cursor-grab touch-none items-center justify-center rounded-key text-ink-3 hover:bg-hover hover:text-ink coarse:size-10"
          >
            <Icon of={GripVertical} size={14} />
          </button>
          <span className="w-4 text-end text-ink-3">{index + 1}</span>
          <span className="min-w-0 grow px-1">
            <ProfileChip profile={listedProfile(id, snapshot)} />
          </span>
          <Button
            look="plain"
            size="icon"
            disabled={index === 0}
            aria-label={`Move ${id} up`}
            onClick={() => move(index, index - 1)}
          >
            <Icon of={ChevronUp} size={14} />
          </Button>
          <Button
            look="plain"
            size="icon"
            disabled={index === list.length - 1}
            aria-label={`Move ${id} down`}
            onClick={() => move(index, index + 1)}
          >
            <Icon of={ChevronDown} size={14} />
          </Button>
          <Button look="plain" size="icon" aria-label={`Remove ${id}`} onClick={() => remove(index)}>
            <Icon of={X} size={14} />
          </Button>
        </li>
      ))}
    </ol>
  );
}

function targetOf(key: string, at: number, last: number): number | undefined {
  if (key === "ArrowUp") return at - 1;
  if (key === "ArrowDown") return at + 1;
  if (key === "Home") return 0;
  return key === "End" ? last : undefined;
}

function DropLine({ edge }: { readonly edge: "top" | "bottom" }) {
  return (
    <span
      aria-hidden="true"
      className={`pointer-events-none absolute inset-x-0 h-[3px] rounded-full bg-focus ${edge === "top" ? "-top-[2px]" : "-bottom-[2px]"}`}
    />
  );
}
