"use client";

import type { Dispatch } from "react";
import { Button } from "#components/ui/button.tsx";
import type { ImportAction, ImportFile } from "../import-state.ts";
import { choiceOf } from "../import-state.ts";
import { CopyCommand } from "./copy-command.tsx";
import { DirectionChanges } from "./direction-changes.tsx";
import { equivalentCommand } from "./equivalent-command.ts";
import type { PartEffect } from "./import-effect.ts";
import { TagsNote } from "./tags-note.tsx";

type ChangePreviewProps = {
  readonly effect: PartEffect;
  readonly file: ImportFile;
  readonly isOneOfSeveral: boolean;
  readonly dispatch: Dispatch<ImportAction>;
};

/** What becomes of every rule of the profile, in the order it will have. */
export function ChangePreview({ effect, file, isOneOfSeveral, dispatch }: ChangePreviewProps) {
  const { key, part, profileId, isUnreadable, inbound, outbound } = effect;
  const place = { key, part };
  const { modes } = choiceOf(file, part);
  const command = equivalentCommand(effect, file);
  return (
    <section
      aria-label="Rules"
      className="thin-scroll flex min-h-0 flex-col gap-4 bg-sunken p-[18px] lg:overflow-y-auto"
    >
      <header className="flex flex-wrap items-center gap-2">
        <h3 className="text-heading">
          Rules of <span className="mono">{profileId}</span>
        </h3>
        <span className="text-small text-ink-2">{countWords(effect)}</span>
        {isOneOfSeveral ? (
          <Button
            size="small"
            className="ms-auto"
            onClick={() => dispatch({ kind: "chosen", place, choice: { isLeftOut: true } })}
          >
            Leave {profileId} out
          </Button>
        ) : null}
      </header>
      {isUnreadable ? (
        <p className="text-deny-text">
          The stored rules of {profileId} cannot be read. They can be replaced, not combined with: choose Replace for
          both directions, with every change.
        </p>
      ) : null}
      {(["inbound", "outbound"] as const).map((direction) => (
        <DirectionChanges
          key={direction}
          direction={direction}
          effect={direction === "inbound" ? inbound : outbound}
          mode={modes[direction]}
          onMode={(mode) => dispatch({ kind: "mode-chosen", place, direction, mode })}
          onDecline={(names, isDeclined) => dispatch({ kind: "declined", place, direction, names, isDeclined })}
        />
      ))}
      <TagsNote effect={effect} isTaken={file.takesTags} />
      {command === undefined ? null : <CopyCommand command={command} />}
    </section>
  );
}

function countWords({ isNew, inbound, outbound }: PartEffect): string {
  const count = inbound.changeCount + outbound.changeCount;
  const accepted = inbound.acceptedCount + outbound.acceptedCount;
  if (isNew) return accepted === count ? "a new profile" : `a new profile, ${accepted} of ${count} rules accepted`;
  if (count === 0) return "nothing changes";
  return `${accepted} of ${count} ${count === 1 ? "change" : "changes"} accepted`;
}
