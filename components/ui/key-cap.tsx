import type { ReactNode } from "react";

/** A key of the keyboard, drawn beside the action it starts. */
export function KeyCap({
  children,
  onPrimary = false,
}: {
  readonly children: ReactNode;
  readonly onPrimary?: boolean;
}) {
  const edge = onPrimary ? "border-ink-3/60 text-inherit opacity-80" : "border-line-strong bg-raised text-ink-2";
  return (
    <kbd
      className={`inline-flex h-[17px] min-w-[17px] items-center justify-center rounded-key border px-1 font-sans text-caption ${edge}`}
    >
      {children}
    </kbd>
  );
}
