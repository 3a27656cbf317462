import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Collects garbage when it is worth a pause. */
export interface MemoryKeeper {
  /** Something was done: the next rest is no rest yet. Before it is called first, the start goes on. */
  worked(): void;
  /** To be called from time to time. */
  rest(): void;
}

// A collection takes a tenth of a second at the size a large node has, so it wants to bring something.
const WORTH_BYTES = 32 * 1024 * 1024;

/**
 * The engine collects what a node's start leaves behind, some hundred megabytes, when it needs room again, which is never
 * while nothing happens. This asks for it when nothing was done between two rests and the process has grown.
 */
export function memoryKeeper(
  rss: () => number = () => process.memoryUsage.rss(),
  collect: () => void = collector(),
): MemoryKeeper {
  let kept: number | undefined = 0;
  let since: "start" | "work" | "rest" = "start";
  return {
    worked() {
      since = "work";
    },
    rest() {
      const isQuiet = since === "rest";
      if (since === "work") since = "rest";
      // Pages are given back beside the work, some time after a collection.
      kept ??= rss();
      if (!isQuiet || rss() < kept + WORTH_BYTES) return;
      collect();
      kept = undefined;
    },
  };
}

/** The engine's own `gc`, which it shows to who asks for it by a flag; whole, so that pages become free. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect !== "function") return () => undefined;
  return () => {
    setFlagsFromString("--compact-on-every-full-gc");
    collect();
    // What the first one emptied is given back by the second.
    collect();
    setFlagsFromString("--no-compact-on-every-full-gc");
  };
}
