import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { connect as connectTls } from "node:tls";
import { LaunchError } from "../base/launch-error.mjs";

// A network namespace does not reach the machine's loopback, where etcd listens. A unix socket is reached from every
// namespace, so we listen on one and pass the bytes on; TLS, if any, ends here.

/** @typedef {{ scheme: "http" | "https"; host: string; port: number } | { scheme: "unix"; path: string }} EtcdAddress */

const connectTimeoutMs = 2_000;

/** Reads ETCD_ENDPOINTS as `cli.md` writes it: a comma list of http://, https:// or unix: addresses. */
export function parseEtcdEndpoints(/** @type {string} */ text) {
  const parts = text.split(",").map((part) => part.trim());
  return parts.filter((part) => part !== "").map(parseEtcdAddress);
}

/** @param {string} text @returns {EtcdAddress} */
function parseEtcdAddress(text) {
  if (text.startsWith("unix:")) return { scheme: "unix", path: text.replace(/^unix:(\/\/)?/, "") };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") {
    const scheme = url.protocol === "http:" ? "http" : "https";
    // URL drops a port that is its scheme's own; etcd's default is another.
    const port = Number(/:(\d+)\/?$/.exec(text)?.[1] ?? 2379);
    return { scheme, host: url.hostname.replace(/^\[|\]$/g, ""), port };
  }
  throw new LaunchError(`ETCD_ENDPOINTS names ${JSON.stringify(text)}, which is no address of an etcd.`, [
    "Write it like this:  ETCD_ENDPOINTS=http://127.0.0.1:2379 npm start",
  ]);
}

/** The first address that answers, or undefined. @returns {Promise<EtcdAddress | undefined>} */
export async function reachableAddress(/** @type {readonly EtcdAddress[]} */ addresses, env = process.env) {
  for (const address of addresses) {
    const socket = await openConnection(address, env);
    if (socket === undefined) continue;
    socket.destroy();
    return address;
  }
  return undefined;
}

/** Listens on a unix socket and relays each connection to the first address that answers. */
export async function startEtcdRelay(
  /** @type {string} */ socketPath,
  /** @type {readonly EtcdAddress[]} */ addresses,
  env = process.env,
) {
  /** @type {Set<import("node:net").Socket>} */
  const open = new Set();
  const server = createServer((near) => {
    open.add(near);
    near.on("error", () => near.destroy());
    near.on("close", () => open.delete(near));
    void relay(near, addresses, env);
  });
  await new Promise((done, failed) => server.once("error", failed).listen(socketPath, () => done(undefined)));
  return {
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** @param {import("node:net").Socket} near @param {readonly EtcdAddress[]} addresses @param {NodeJS.ProcessEnv} env */
async function relay(near, addresses, env) {
  near.pause();
  for (const address of addresses) {
    const far = await openConnection(address, env);
    if (far === undefined) continue;
    far.on("error", () => near.destroy());
    far.on("close", () => near.destroy());
    near.on("close", () => far.destroy());
    near.pipe(far).pipe(near);
    return;
  }
  near.destroy();
}

/** @param {EtcdAddress} address @param {NodeJS.ProcessEnv} env @returns {Promise<import("node:net").Socket | undefined>} */
function openConnection(address, env) {
  const isTls = address.scheme === "https";
  const socket =
    address.scheme === "unix"
      ? connect(address.path)
      : isTls
        ? connectTls({
            host: address.host,
            port: address.port,
            servername: address.host,
            ALPNProtocols: ["h2"],
            ...tlsFiles(env),
          })
        : connect(address.port, address.host);
  return new Promise((done) => {
    const giveUp = () => {
      socket.destroy();
      done(undefined);
    };
    socket.setTimeout(connectTimeoutMs, giveUp);
    socket.once("error", giveUp);
    socket.once(isTls ? "secureConnect" : "connect", () => {
      socket.setTimeout(0);
      socket.off("error", giveUp);
      done(socket);
    });
  });
}

/** @param {NodeJS.ProcessEnv} env */
function tlsFiles(env) {
  return {
    ...(env.ETCD_CA_CERT_FILE ? { ca: readFileSync(env.ETCD_CA_CERT_FILE) } : {}),
    ...(env.ETCD_CERT_FILE ? { cert: readFileSync(env.ETCD_CERT_FILE) } : {}),
    ...(env.ETCD_KEY_FILE ? { key: readFileSync(env.ETCD_KEY_FILE) } : {}),
  };
}
