import type { LucideIcon } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { PageLink } from "./page-link.tsx";

type MenuProps = {
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
  readonly align?: "start" | "end";
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  /** Where focus goes when the menu closes, if not to its trigger. */
  readonly onCloseAutoFocus?: (event: Event) => void;
};

/** A menu of actions; the trigger is the caller's own button. */
export function Menu({ trigger, label, children, align = "end", onCloseAutoFocus, ...state }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...state}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="thin-scroll z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 animate-rise overflow-y-auto rounded-list border border-line-strong bg-raised p-1 shadow-2"
          {...(onCloseAutoFocus ? { onCloseAutoFocus } : {})}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const ITEM =
  "flex h-7 items-center gap-2 rounded-chip px-2 outline-none data-disabled:cursor-not-allowed data-disabled:text-ink-3 data-highlighted:bg-hover coarse:h-10";

const LONG_ITEM =
  "flex min-h-7 max-w-96 items-center gap-2 rounded-chip px-2 py-1 outline-none data-highlighted:bg-hover coarse:min-h-10";

type MenuLinkProps = {
  readonly icon?: LucideIcon;
  readonly href: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
};

/** A menu entry that goes somewhere: it opens in a new tab like any link. */
export function MenuLink({ icon, href, hint, children }: MenuLinkProps) {
  return (
    <DropdownMenu.Item asChild>
      <PageLink href={href} className={`${ITEM} text-ink`}>
        {icon ? <Icon of={icon} size={14} className="text-ink-3" /> : null}
        <span className="grow">{children}</span>
        {hint ? <span className="text-caption text-ink-3">{hint}</span> : null}
      </PageLink>
    </DropdownMenu.Item>
  );
}

type MenuItemProps = {
  readonly icon?: LucideIcon;
  readonly children: ReactNode;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** A sentence: it wraps instead of making the menu wide. */
  readonly isLong?: boolean;
  readonly onSelect: () => void;
};

export function MenuItem({
  icon,
  children,
  hint,
  disabled = false,
  danger = false,
  isLong = false,
  onSelect,
}: MenuItemProps) {
  return (
    <DropdownMenu.Item
      disabled={disabled}
      onSelect={onSelect}
      className={`${isLong ? LONG_ITEM : ITEM} ${danger ? "text-deny-text" : "text-ink"}`}
    >
      {icon ? <Icon of={icon} size={14} className="text-ink-3" /> : null}
      <span className="min-w-0 grow break-words">{children}</span>
      {hint ? <span className="text-caption text-ink-3">{hint}</span> : null}
    </DropdownMenu.Item>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}
