/** The first paint, and what a person does first, come before anything that can wait. */
const AFTER_MS = 1_500;
/** Where a browser cannot say when it is idle. */
const APART_MS = 40;

const waiting = new Set<() => void>();
let isAsked = false;

/** Runs something small when the page has nothing else to do, one at a time; the answer takes it back. */
export function whenIdle(run: () => void): () => void {
  waiting.add(run);
  if (!isAsked) {
    isAsked = true;
    setTimeout(askNext, AFTER_MS);
  }
  return () => waiting.delete(run);
}

function askNext(): void {
  if ("requestIdleCallback" in window) requestIdleCallback(runNext);
  else setTimeout(runNext, APART_MS);
}

function runNext(): void {
  const [first] = waiting;
  if (first === undefined) {
    isAsked = false;
    return;
  }
  waiting.delete(first);
  first();
  askNext();
}
