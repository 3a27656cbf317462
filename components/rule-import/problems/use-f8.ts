import { useEffect, useRef } from "react";

/** F8 and Shift+F8, wherever in the page the focus is: in the source, in the list, or nowhere. */
export function useF8(onStep: (step: 1 | -1) => void): void {
  const tell = useRef(onStep);
  useEffect(() => {
    tell.current = onStep;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "F8") return;
      event.preventDefault();
      tell.current(event.shiftKey ? -1 : 1);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
