import type { ReactNode } from "react";

/** The foot of a step: what is about to happen at the left, the ways on at the right. */
export function StepFooter({ said, children }: { readonly said: ReactNode; readonly children: ReactNode }) {
  return (
    <footer className="flex shrink-0 flex-wrap items-center justify-end gap-2 border-t border-line px-[22px] py-3 max-md:px-4">
      <div className="me-auto flex min-w-0 flex-wrap items-center gap-2 text-small text-ink-2">{said}</div>
      {children}
    </footer>
  );
}
