import { join } from "node:path";
import { root } from "../base/paths.mjs";
import { built } from "../prepare/build.mjs";

/** How to run the board's standalone server, on loopback only. */
export function boardService(/** @type {{ port: number; etcdEndpoints: string }} */ { port, etcdEndpoints }) {
  return {
    name: "board",
    argv: [process.execPath, join(root, built.board)],
    env: {
      HOSTNAME: "127.0.0.1",
      PORT: String(port),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      ETCD_ENDPOINTS: etcdEndpoints,
    },
    isReady: () => answers(`http://127.0.0.1:${port}/api/health`),
  };
}

/** Any answer counts: what the store's state is, the board says itself. @param {string} url */
async function answers(url) {
  try {
    await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: "manual" });
    return true;
  } catch {
    return false;
  }
}
