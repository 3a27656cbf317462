"use client";

import { useState } from "react";
import { ConflictDialog } from "#components/drafts/merge/conflict-dialog.tsx";
import { ReviewDialog } from "#components/drafts/review-dialog.tsx";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { RuleDialog } from "#components/rules/entry/rule-dialog.tsx";
import type { RuleTarget } from "#components/rules/rule-list-context.ts";
import { followPosition } from "#components/rules/selection/follow-selection.ts";
import type { Profile } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import { knownPortsOf } from "../known-ports.ts";
import { knownTagsOf } from "../known-tags.ts";
import { TagDialog } from "../tags/tag-dialog.tsx";
import type { ProfileDesk } from "../use-profile-desk.ts";
import { RemoveProfileDialog } from "./remove-profile-dialog.tsx";
import { StoredTextDialog } from "./stored-text-dialog.tsx";

type DeskDialogsProps = {
  readonly desk: ProfileDesk;
  readonly profile: Profile;
  /** Endpoints that name the profile. */
  readonly endpoints: readonly string[];
  readonly canSave: boolean;
};

/** The dialog of a profile that is open, if any. */
export function DeskDialogs({ desk, profile, endpoints, canSave }: DeskDialogsProps) {
  const policy = usePolicy();
  const knownTags = policy.kind === "known" ? knownTagsOf(policy.state.snapshot) : [];
  const knownPorts = policy.kind === "known" ? knownPortsOf(policy.state.snapshot) : [];
  const { dialog, view, open, actions, id } = desk;
  const close = () => open(undefined);
  const closeAfter = (run: () => void) => () => {
    close();
    run();
  };
  switch (dialog?.kind) {
    case "rule":
      return <RuleDialogOf desk={desk} profile={profile} knownTags={knownTags} knownPorts={knownPorts} at={dialog} />;
    case "tags":
      return (
        <TagDialog
          profile={profile}
          stored={view?.live?.profile}
          knownTags={knownTags}
          canSave={canSave}
          onAdd={(tag) =>
            actions.change([{ kind: "add-tag", tag }], {
              title: `Tag ${tag} added to ${id}`,
              detail: "In the draft, not saved yet",
            })
          }
          onRemove={(tag) =>
            actions.change([{ kind: "remove-tag", tag }], {
              title: `Tag ${tag} removed from ${id}`,
              detail: "In the draft, not saved yet",
            })
          }
          onClose={close}
        />
      );
    case "review":
      if (view?.draft === undefined) return null;
      return (
        <ReviewDialog
          draft={view.draft}
          canSave={canSave}
          onUndo={desk.undo}
          onDiscard={closeAfter(desk.discard)}
          onSave={closeAfter(desk.save)}
          onClose={close}
        />
      );
    case "remove":
      if (view?.live === undefined) return null;
      return (
        <RemoveProfileDialog
          seen={view.live}
          endpoints={endpoints}
          canSave={canSave}
          onRemoved={desk.discard}
          onClose={close}
        />
      );
    case "stored-text":
      return (
        <StoredTextDialog
          profile={profile}
          onReplace={closeAfter(() =>
            actions.change([{ kind: "replace-rules", inbound: [], outbound: [] }], {
              title: `${id}: rules replaced by none`,
              detail: "In the draft, not saved yet",
            }),
          )}
          onClose={close}
        />
      );
    case "conflict":
      if (desk.attempt === undefined) return null;
      return (
        <ConflictDialog
          attempt={desk.attempt}
          onMerged={(draft) => closeAfter(() => desk.setDraft(draft))()}
          onDiscard={closeAfter(desk.discard)}
          onClose={close}
        />
      );
    default:
      return null;
  }
}

type RuleDialogOfProps = Pick<DeskDialogsProps, "desk" | "profile"> & {
  readonly knownTags: readonly string[];
  readonly knownPorts: readonly string[];
  readonly at: { readonly direction: Direction; readonly target: RuleTarget };
};

function RuleDialogOf({ desk, profile, knownTags, knownPorts, at: { direction, target } }: RuleDialogOfProps) {
  const { id, actions, open } = desk;
  const rules = profile.rules.kind === "valid" ? profile.rules.value[direction] : [];
  // Someone else's save may move the rule while it is written here.
  const [opened] = useState(rules);
  const rule = target.kind === "edit" ? opened[target.position - 1] : target.like;
  const submit = (written: Rule) => {
    const there = followPosition(opened, rules, target.position);
    const isEdit = target.kind === "edit" && there !== undefined;
    const position = there ?? Math.min(target.position, rules.length + 1);
    const name = `${direction === "inbound" ? "Inbound" : "Outbound"} ${position}`;
    const focus = { direction, position };
    open(undefined);
    if (isEdit) {
      actions.change([{ kind: "replace-rule", direction, at: position, rule: written }], {
        title: `${name} of ${id} changed`,
        focus,
      });
    } else {
      actions.change([{ kind: "insert-rule", direction, at: position, rule: written }], {
        title: `${name} added to ${id}`,
        focus,
      });
    }
  };
  return (
    <RuleDialog
      profileId={id}
      direction={direction}
      target={target}
      knownTags={knownTags}
      knownPorts={knownPorts}
      onSubmit={submit}
      onClose={() => open(undefined)}
      {...(rule === undefined ? {} : { rule })}
    />
  );
}
