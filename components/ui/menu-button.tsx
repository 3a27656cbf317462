"use client";

import { type ComponentProps, lazy, type ReactElement, type ReactNode, Suspense, useRef, useState } from "react";

/** The menu itself is read when the first one is opened: a board has hundreds of buttons and opens few menus. */
const Menu = lazy(() => import("./menu.tsx").then((module) => ({ default: module.Menu })));

type MenuButtonProps = {
  readonly label: string;
  readonly align?: "start" | "end";
  /** Draws the button; what is passed must be spread on it. */
  readonly button: (props: ComponentProps<"button">) => ReactElement;
  readonly children: () => ReactNode;
};

/** A button that opens a menu of actions, and has the keyboard again when the menu is closed. */
export function MenuButton({ label, align = "end", button, children }: MenuButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  const closed = button({ "aria-haspopup": "menu", "aria-expanded": isOpen, onClick: () => setOpen(true) });
  return (
    <span ref={place} className="contents">
      {isOpen ? (
        <Suspense fallback={closed}>
          <Menu
            label={label}
            align={align}
            open
            onOpenChange={setOpen}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              if (document.activeElement === document.body) place.current?.querySelector("button")?.focus();
            }}
            trigger={button({})}
          >
            {children()}
          </Menu>
        </Suspense>
      ) : (
        closed
      )}
    </span>
  );
}
