import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { AwayBanner } from "#components/live/away-banner.tsx";
import { RevisionBadge } from "#components/live/revision-badge.tsx";
import { Logo } from "#components/marks/logo.tsx";
import { openPalette } from "#components/palette/open-palette.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { StatusBar } from "./status-bar.tsx";

type PageFrameProps = {
  readonly title: ReactNode;
  /** Counters or breadcrumb, beside the title. */
  readonly counters?: ReactNode;
  /** One primary at the right. */
  readonly actions?: ReactNode;
  /** The status bar: freshness or legend at the left, keys at the right. */
  readonly status?: ReactNode;
  readonly keys?: ReactNode;
  readonly children: ReactNode;
};

/** The main panel of every page: top bar, work area, status bar. */
export function PageFrame({ title, counters, actions, status, keys, children }: PageFrameProps) {
  return (
    <main className="flex min-h-0 min-w-0 grow flex-col overflow-hidden border-line bg-surface md:my-2 md:me-2 md:rounded-card md:border md:shadow-1">
      <header className="flex h-[52px] shrink-0 items-center gap-4 border-b border-line px-[22px] max-md:border-b-0 max-md:bg-canvas max-md:px-4">
        <span className="md:hidden">
          <Logo size={22} />
        </span>
        <h1 className="flex min-w-0 items-center gap-2 truncate text-title">{title}</h1>
        <div className="flex min-w-0 grow items-center gap-3 overflow-hidden text-small text-ink-2 max-lg:hidden">
          {counters}
        </div>
        <div className="ms-auto flex shrink-0 items-center gap-2">
          <span className="flex items-center gap-1 md:hidden">
            <RevisionBadge isCompact />
            <Button look="plain" size="iconLarge" onClick={openPalette} aria-label="Search or ask">
              <Icon of={Search} />
            </Button>
          </span>
          {actions}
        </div>
      </header>
      <AwayBanner />
      <div className="flex min-h-0 grow flex-col">{children}</div>
      <StatusBar left={status} keys={keys} />
    </main>
  );
}

/** One figure of the top bar: the number first. */
export function Counter({ value, unit }: { readonly value: number | string; readonly unit: string }) {
  return (
    <span className="flex gap-1.5 whitespace-nowrap border-s border-line ps-3 first:border-s-0 first:ps-0">
      <b className="font-[600] text-ink">{value}</b>
      {unit}
    </span>
  );
}
