"use client";

import { usePathname } from "next/navigation";
import { Icon } from "#components/ui/icon.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { PLACES } from "./places.ts";

/** The rail of a phone: one tab per page at the bottom. */
export function TabBar() {
  const path = usePathname();
  return (
    <nav
      aria-label="Pages"
      className="flex shrink-0 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {PLACES.map((place) => {
        const isHere = path === place.href || path.startsWith(`${place.href}/`);
        return (
          <PageLink
            key={place.href}
            href={place.href}
            aria-current={isHere ? "page" : undefined}
            className={`flex h-16 grow flex-col items-center justify-center gap-1.5 text-caption ${isHere ? "font-[600] text-ink [&>svg]:text-amber-text" : "text-ink-2"}`}
          >
            <Icon of={place.icon} size={20} />
            {place.name}
          </PageLink>
        );
      })}
    </nav>
  );
}
