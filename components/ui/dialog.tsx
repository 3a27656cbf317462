import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { lastFocus } from "./last-focus.ts";

type DialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The consequence, as a sentence or a name. */
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Cancel and confirm, confirm at the right. */
  readonly footer?: ReactNode;
  readonly width?: "narrow" | "medium" | "wide" | "full";
};

const WIDTHS = { narrow: "max-w-[440px]", medium: "max-w-[560px]", wide: "max-w-[760px]", full: "max-w-[1136px]" };

/** For decisions that need the whole eye. Focus returns to what opened it. */
export function Dialog({ open, onOpenChange, title, description, children, footer, width = "medium" }: DialogProps) {
  const opener = useRef<HTMLElement>(undefined);
  // Radix would ask only for dialogs whose first field does not take the keyboard by itself.
  useEffect(() => {
    if (open) opener.current = lastFocus();
  }, [open]);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Whoever closed the dialog may have put the keyboard somewhere on purpose.
            if (document.activeElement === document.body) opener.current?.focus();
          }}
          className={`fixed inset-s-1/2 top-1/2 z-40 flex max-h-[calc(100dvh-32px)] w-[calc(100vw-24px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-dialog border border-line-strong bg-surface shadow-3 outline-none ${WIDTHS[width]}`}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-2">
            <div className="min-w-0 grow">
              <Radix.Title className="text-title break-words">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-body text-ink-2">{description}</Radix.Description>
              ) : null}
            </div>
            <Radix.Close asChild>
              <Button look="plain" size="icon" aria-label="Close">
                <Icon of={X} size={14} />
              </Button>
            </Radix.Close>
          </header>
          <div className="thin-scroll min-h-0 grow overflow-y-auto px-5 py-2">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap items-center justify-end gap-2 px-5 pt-2 pb-4">{footer}</footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
