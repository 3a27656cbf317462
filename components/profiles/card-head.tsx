import { Ellipsis, PencilLine, TriangleAlert } from "lucide-react";
import { lazy } from "react";
import { Coat } from "#components/marks/coat.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MenuButton } from "#components/ui/menu-button.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import type { Profile } from "#policy/profile.ts";
import { profileHref } from "./profile-href.ts";
import type { ProfileDesk } from "./use-profile-desk.ts";

const CardMenuItems = lazy(() => import("./card-menu-items.tsx").then((module) => ({ default: module.CardMenuItems })));

/** Coat, name, badges, menu. */
export function CardHead({
  desk,
  profile,
  tabIndex,
}: {
  readonly desk: ProfileDesk;
  readonly profile: Profile;
  readonly tabIndex: 0 | -1;
}) {
  const edits = desk.view?.draft?.edits.length ?? 0;
  return (
    <div className="flex h-6 items-center gap-2">
      <Coat name={desk.id} />
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
