import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

/** Names an icon button on hover and focus; the button keeps its own aria-label. */
export function Tooltip({ text, children }: { readonly text: ReactNode; readonly children: ReactNode }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 animate-rise rounded-chip border border-line-strong bg-raised px-2 py-1 text-small text-ink shadow-2"
        >
          {text}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
