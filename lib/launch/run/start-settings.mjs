import { dataDirectory } from "../base/paths.mjs";
import { parseEtcdEndpoints } from "./etcd-relay.mjs";
import { parsePort } from "./ports.mjs";

/**
 * @typedef {object} StartSettings
 * @property {string} dataDirectory
 * @property {number} boardPort
 * @property {{ kind: "embedded"; port: number } | { kind: "external" }} etcd
 * @property {string} etcdEndpoints                  as the board and calicoctl take it
 * @property {readonly import("./etcd-relay.mjs").EtcdAddress[]} etcdAddresses
 */

/** What the environment asks for. @returns {StartSettings} */
export function readStartSettings(env = process.env) {
  const isExternal = env.ETCD_ENDPOINTS !== undefined && env.ETCD_ENDPOINTS.trim() !== "";
  const port = parsePort("TORTIE_ETCD_PORT", env.TORTIE_ETCD_PORT, 2379);
  const etcdEndpoints = isExternal ? String(env.ETCD_ENDPOINTS) : `http://127.0.0.1:${port}`;
  return {
    dataDirectory: dataDirectory(env),
    boardPort: parsePort("PORT", env.PORT, 3000),
    etcd: isExternal ? { kind: "external" } : { kind: "embedded", port },
    etcdEndpoints,
    etcdAddresses: parseEtcdEndpoints(etcdEndpoints),
  };
}
