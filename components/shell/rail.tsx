"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { RevisionBadge } from "#components/live/revision-badge.tsx";
import { Logo } from "#components/marks/logo.tsx";
import { openPalette } from "#components/palette/open-palette.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { intentRows } from "#web/queries/intent-rows.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { PLACES, type Place } from "./places.ts";
import { ThemeMenu } from "./theme-menu.tsx";

/** The left rail of a wide window: where one can go, and the live revision at its foot. */
export function Rail() {
  const policy = usePolicy();
  const path = usePathname();
  const broken = useQuery(intentRows()).data?.rows.filter(({ state }) => state?.kind === "broken").length ?? 0;
  return (
    <header className="flex w-[212px] shrink-0 flex-col gap-3 p-2.5 max-md:hidden">
      <div className="flex h-9 items-center gap-2.5 px-2">
        <Logo size={22} />
        <span className="text-title">Tortie</span>
      </div>
      <button
        type="button"
        onClick={openPalette}
        className="flex h-8 items-center gap-3 rounded-control px-2 text-ink-2 hover:bg-hover hover:text-ink"
      >
        <Icon of={Search} />
        <span className="grow text-start">Search or ask</span>
        <KeyCap>Ctrl K</KeyCap>
      </button>
      <nav aria-label="Pages" className="flex flex-col gap-px">
        {PLACES.map((place) => (
          <RailLink
            key={place.href}
            place={place}
            isHere={path === place.href || path.startsWith(`${place.href}/`)}
            count={policy.kind === "known" ? countFor(place, policy.state) : undefined}
            broken={place.href === "/check" ? broken : 0}
          />
        ))}
      </nav>
      <div className="mt-auto flex flex-col gap-1">
        <RevisionBadge />
        <ThemeMenu />
      </div>
    </header>
  );
}

type RailLinkProps = {
  readonly place: Place;
  readonly isHere: boolean;
  readonly count: number | undefined;
  /** Intents that do not hold. */
  readonly broken: number;
};

function RailLink({ place, isHere, count, broken }: RailLinkProps) {
  const look = isHere
    ? "border-line bg-surface font-[600] text-ink shadow-1 [&>svg]:text-amber-text"
    : "border-transparent text-ink-2 hover:bg-hover hover:text-ink";
  return (
    <PageLink
      href={place.href}
      aria-current={isHere ? "page" : undefined}
      className={`flex h-[30px] items-center gap-3 rounded-control border px-2 text-heading font-[450] tracking-normal transition-colors duration-press ${look}`}
    >
      <Icon of={place.icon} />
      <span className="grow">{place.name}</span>
      {count === undefined ? null : <span className="text-small font-[400] text-ink-3">{count}</span>}
      {broken === 0 ? null : (
        <span className="rounded-full border border-dashed border-deny bg-deny-tint px-1.5 text-caption text-deny-text">
          {broken}
          <span className="sr-only"> broken</span>
        </span>
      )}
    </PageLink>
  );
}

function countFor(place: Place, { snapshot }: PolicyState): number | undefined {
  if (place.href === "/profiles") return snapshot.profiles.size;
  return place.href === "/endpoints" ? snapshot.endpoints.size : undefined;
}
