import { ArrowRight } from "lucide-react";
import { Fragment } from "react";
import { Coat } from "#components/marks/coat.tsx";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ListedProfile } from "./endpoint-rows.ts";

/** Profiles in the order they are asked; one that cannot answer is marked, and what stands behind it is never asked. */
export function ProfileChain({ profiles }: { readonly profiles: readonly ListedProfile[] }) {
  if (profiles.length === 0) return <span className="text-ink-3">none: it sends and receives nothing</span>;
  return (
    <span className="flex flex-wrap items-center gap-1">
      {profiles.map((profile, index) => (
        // An endpoint written by others may name a profile twice.
        <Fragment key={`${profile.id} ${countBefore(profiles, index)}`}>
          {index > 0 ? <Icon of={ArrowRight} size={12} className="text-ink-3" /> : null}
          <ProfileChip profile={profile} />
        </Fragment>
      ))}
    </span>
  );
}

/** How often the profile at this place stands before it: what tells equal ids apart. */
function countBefore(profiles: readonly ListedProfile[], index: number): number {
  return profiles.slice(0, index).filter(({ id }) => id === profiles[index]?.id).length;
}

/** A profile by its coat and name. */
export function ProfileChip({ profile: { id, state } }: { readonly profile: ListedProfile }) {
  if (state === "fine") {
    return (
      <span className="inline-flex h-6 max-w-full items-center gap-1.5 rounded-chip border border-line bg-surface px-1.5">
        <Coat name={id} size={15} />
        <span className="truncate font-[550]">{id}</span>
      </span>
    );
  }
  return (
    <span className="inline-flex h-6 max-w-full items-center gap-1.5 rounded-chip border border-dashed border-deny bg-deny-tint px-1.5 text-deny-text">
      <VerdictMark mark="invalid" size={12} />
      <span className="truncate font-[550]">{id}</span>
      <span className="text-small whitespace-nowrap">{state === "missing" ? "does not exist" : "cannot be read"}</span>
    </span>
  );
}
