import type { ReactNode } from "react";
import { KeyCap } from "#components/ui/key-cap.tsx";

type StatusBarProps = { readonly left?: ReactNode; readonly keys?: ReactNode };

/** Freshness or a legend at the left, the useful keys at the right; hidden on a phone. */
export function StatusBar({ left, keys }: StatusBarProps) {
  return (
    <footer className="flex h-8 shrink-0 items-center gap-3 overflow-hidden border-t border-line px-[22px] text-small text-ink-2 max-md:hidden">
      {left}
      <span className="ms-auto flex items-center gap-4">{keys}</span>
    </footer>
  );
}

/** A key and what it does. */
export function KeyHint({ keys, does }: { readonly keys: string; readonly does: string }) {
  return (
    <span className="flex items-center gap-1.5 whitespace-nowrap">
      <KeyCap>{keys}</KeyCap>
      {does}
    </span>
  );
}
