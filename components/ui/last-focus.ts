/** The element of the page itself that had the keyboard last: dialogs and menus come and go in front of it. */
let last: HTMLElement | undefined;

if (typeof document !== "undefined") {
  document.addEventListener("focusin", ({ target }) => {
    if (target instanceof HTMLElement && target.closest('[role="dialog"], [role="menu"]') === null) last = target;
  });
}

/** What to give the keyboard back to when a dialog that opens now is closed. */
export function lastFocus(): HTMLElement | undefined {
  return last;
}
