import { Ellipsis, PencilLine, TriangleAlert } from "lucide-react";
import { lazy } from "react";
import { countFaults } from "#components/judge/count-faults.ts";
import type { WordedFinding } from "#components/judge/judge-messages.ts";
import { Coat } from "#components/marks/coat.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MenuButton } from "#components/ui/menu-button.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import type { Profile } from "#policy/profile.ts";
import { profileHref } from "./profile-href.ts";
import type { ProfileDesk } from "./use-profile-desk.ts";

const CardMenuItems = lazy(() => import("./card-menu-items.tsx").then((module) => ({ default: module.CardMenuItems })));

const CardFindings = lazy(() => import("./card-findings.tsx").then((module) => ({ default: module.CardFindings })));

type CardHeadProps = {
  readonly desk: ProfileDesk;
  readonly profile: Profile;
  readonly findings: readonly WordedFinding[];
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly tabIndex: 0 | -1;
};

/** Coat, name, badges, menu. The coat is where the card is selected. */
export function CardHead({ desk, profile, findings, isSelected, onSelect, tabIndex }: CardHeadProps) {
  const edits = desk.view?.draft?.edits.length ?? 0;
  return (
    <div className="flex h-6 items-center gap-2">
      <span className="relative flex size-5 shrink-0">
        <Coat name={desk.id} />
        <input
          type="checkbox"
          aria-label={`Select ${desk.id}`}
          title="Select (X)"
          tabIndex={tabIndex}
          checked={isSelected}
          onChange={onSelect}
          className="absolute inset-0 size-5 cursor-pointer accent-primary opacity-0 checked:opacity-100 hover:opacity-100 focus-visible:opacity-100 coarse:-inset-2 coarse:size-9"
        />
      </span>
      <h2 className="min-w-0 truncate text-heading" title={desk.id}>
        <PageLink href={profileHref(desk.id)} tabIndex={tabIndex} className="rounded-key hover:underline">
          {desk.id}
        </PageLink>
      </h2>
      <span className="ms-auto flex items-center gap-1.5">
        {edits > 0 ? (
          <span
            className="hatch flex h-[19px] items-center gap-1 rounded-chip border border-amber-line px-1.5 text-caption font-[600] text-amber-text"
            title="Draft, not saved"
          >
            <Icon of={PencilLine} size={12} />
            <span className="sr-only">Draft, edits: </span>
            {edits}
          </span>
        ) : null}
        <FindingsBadge desk={desk} findings={findings} tabIndex={tabIndex} />
        {isBroken(profile) ? (
          <span className="flex h-[19px] items-center gap-1 rounded-chip border border-dashed border-deny bg-deny-tint px-1.5 text-caption font-[600] text-deny-text">
            <Icon of={TriangleAlert} size={12} />
            invalid
          </span>
        ) : null}
        <CardMenu desk={desk} tabIndex={tabIndex} />
      </span>
    </div>
  );
}

/** How many faults the judge found; its menu says each and leads to the rule. */
function FindingsBadge({ desk, findings, tabIndex }: Pick<CardHeadProps, "desk" | "findings" | "tabIndex">) {
  const faults = countFaults(findings);
  if (faults === 0) return null;
  return (
    <MenuButton
      label={`Findings of ${desk.id}`}
      button={(props) => (
        <button
          type="button"
          tabIndex={tabIndex}
          data-findings={faults}
          aria-label={`Findings of ${desk.id}: ${faults}`}
          className="flex h-[19px] items-center gap-1 rounded-chip border border-amber-line bg-amber-tint px-1.5 text-caption font-[600] text-amber-text coarse:h-9"
          {...props}
        >
          <Icon of={TriangleAlert} size={12} />
          {faults}
        </button>
      )}
    >
      {() => <CardFindings desk={desk} findings={findings} />}
    </MenuButton>
  );
}

function CardMenu({ desk, tabIndex }: { readonly desk: ProfileDesk; readonly tabIndex: 0 | -1 }) {
  return (
    <MenuButton
      label={`Profile ${desk.id}`}
      button={(props) => (
        <button
          type="button"
          tabIndex={tabIndex}
          aria-label={`Menu of ${desk.id}`}
          className="-me-1.5 flex size-6 items-center justify-center rounded-chip text-ink-3 hover:bg-hover hover:text-ink coarse:size-9"
          {...props}
        >
          <Icon of={Ellipsis} size={14} />
        </button>
      )}
    >
      {() => <CardMenuItems desk={desk} />}
    </MenuButton>
  );
}

function isBroken({ tags, rules }: Profile): boolean {
  return tags.kind !== "valid" || rules.kind !== "valid";
}
