import { useEffect, useRef } from "react";

/** What the keys of a draft do. */
export type DraftCommands = { readonly save: () => void; readonly undo: () => void; readonly redo: () => void };

type Press = Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey" | "target">;

/** Does what Ctrl or Cmd with S, Z, Shift Z or Y asks; false for another key. Text that is typed keeps its own undo. */
export function pressDraftKey(press: Press, { save, undo, redo }: DraftCommands): boolean {
  if (!(press.metaKey || press.ctrlKey) || press.altKey) return false;
  const key = press.key.toLowerCase();
  if (key === "s" && !press.shiftKey) save();
  else if (isTextField(press.target)) return false;
  else if (key === "z") (press.shiftKey ? redo : undo)();
  else if (key === "y" && !press.shiftKey) redo();
  else return false;
  return true;
}

/** The keys of a page that is about one draft, wherever the focus is; a dialog keeps its keys. */
export function useDraftKeys(commands: DraftCommands): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      if (pressDraftKey(event, latest.current)) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea"));
}
