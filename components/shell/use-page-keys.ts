import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { PLACES } from "./places.ts";

/** How long after `g` a second letter still means going somewhere. */
const GO_MS = 1_500;

/** The keys of a page, and `g` with a letter to go to another. Typing in a field and open dialogs keep their keys. */
export function usePageKeys(keys: Readonly<Record<string, () => void>>): void {
  const router = useRouter();
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let goingUntil = 0;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isBusy(event.target)) return;
      const isGoing = event.timeStamp < goingUntil;
      goingUntil = 0;
      const place = isGoing ? PLACES.find((each) => each.key === event.key) : undefined;
      const action = place ? () => router.push(place.href) : latest.current[event.key];
      if (action !== undefined) {
        event.preventDefault();
        action();
      } else if (event.key === "g") {
        goingUntil = event.timeStamp + GO_MS;
      }
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [router]);
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return true;
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
