import { join } from "node:path";
import { root } from "../base/paths.mjs";
import { built } from "../prepare/build.mjs";

/** @typedef {{ port: number; etcdEndpoints: string }} BoardPlace */

/** How to run the board's standalone server, on loopback only. */
export function boardService(/** @type {BoardPlace} */ place) {
  return {
    name: "board",
    argv: [process.execPath, join(root, built.board)],
    env: boardEnvironment(place),
    // It ends its event streams at once, and waits for what else a page is being sent.
    stopGraceMs: 3_000,
    isEssential: true,
    isReady: () => isAnswering(`http://127.0.0.1:${place.port}/api/health`),
  };
}

/** What the board reads from its environment. */
export function boardEnvironment(/** @type {BoardPlace} */ { port, etcdEndpoints }) {
  return {
    HOSTNAME: "127.0.0.1",
    PORT: String(port),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    ETCD_ENDPOINTS: etcdEndpoints,
  };
}

/** Any answer counts: what the store's state is, the board says itself. */
export async function isAnswering(/** @type {string} */ url) {
  try {
    await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: "manual" });
    return true;
  } catch {
    return false;
  }
}
