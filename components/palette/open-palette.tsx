"use client";

import { lazy, Suspense, useCallback, useEffect, useState } from "react";

const Palette = lazy(() => import("./palette.tsx").then((module) => ({ default: module.Palette })));

/** What a button does to open the palette, wherever it stands. */
const ASKED_FOR = "tortie:palette";

/** Opens the palette from anywhere on the page. */
export function openPalette(): void {
  window.dispatchEvent(new Event(ASKED_FOR));
}

/** Ctrl K or Command K on every page; read when it is first asked for. */
export function PaletteHost() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const open = () => setOpen(true);
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k")
        return;
      // A dialog is a question of its own.
      if (document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      open();
    };
    window.addEventListener(ASKED_FOR, open);
    document.addEventListener("keydown", press);
    return () => {
      window.removeEventListener(ASKED_FOR, open);
      document.removeEventListener("keydown", press);
    };
  }, []);
  const close = useCallback(() => setOpen(false), []);
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <Palette onClose={close} />
    </Suspense>
  );
}
