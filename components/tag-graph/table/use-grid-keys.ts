import { type KeyboardEvent, useCallback } from "react";

/** Keys of the tree grid: up and down over rows, right opens a row, left closes it, Home and End go to its ends. */
export function useGridKeys(toggle: (id: string, isOpen: boolean) => void, scrollTo: (index: number) => void) {
  return useCallback(
    (event: KeyboardEvent) => {
      const row =
        event.target instanceof Element ? event.target.closest<HTMLElement>("tr[data-row], tr[data-piece]") : null;
      if (row === null) return;
      const id = row.dataset.row;
      switch (event.key) {
        case "ArrowDown":
        case "ArrowUp":
          event.preventDefault();
          return focusRow(neighbour(row, event.key === "ArrowDown"));
        case "ArrowRight":
        case "ArrowLeft":
          if (id === undefined) return event.key === "ArrowLeft" ? focusRow(parentOf(row)) : undefined;
          event.preventDefault();
          return toggle(id, event.key === "ArrowRight");
        case "Home":
        case "End": {
          const count = Number(row.closest("table")?.getAttribute("aria-rowcount") ?? 1) - 1;
          event.preventDefault();
          scrollTo(event.key === "Home" ? 0 : count - 1);
          const body = row.closest("tbody");
          requestAnimationFrame(() => {
            const rows = [...(body?.querySelectorAll<HTMLElement>("tr[data-row]") ?? [])];
            focusRow(event.key === "Home" ? rows[0] : rows.at(-1));
          });
          return;
        }
        default:
      }
    },
    [toggle, scrollTo],
  );
}

function neighbour(row: HTMLElement, isDown: boolean): HTMLElement | undefined {
  let next = isDown ? row.nextElementSibling : row.previousElementSibling;
  while (next !== null && !next.matches("tr[data-row], tr[data-piece]")) {
    next = isDown ? next.nextElementSibling : next.previousElementSibling;
  }
  return next instanceof HTMLElement ? next : undefined;
}

/** The relation a piece belongs to. */
function parentOf(row: HTMLElement): HTMLElement | undefined {
  let before = row.previousElementSibling;
  while (before !== null && !before.matches("tr[data-row]")) before = before.previousElementSibling;
  return before instanceof HTMLElement ? before : undefined;
}

function focusRow(row: HTMLElement | undefined): void {
  (row?.querySelector<HTMLElement>("button[data-row-button]") ?? row)?.focus();
}
