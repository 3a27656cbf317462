import { existsSync } from "node:fs";
import { findProgram } from "../base/find-program.mjs";

/** @typedef {{ package: string; program?: string; file?: string; why: string }} Need   present when its program or file is */

/** What the playground runs on top of a bare Debian. @type {readonly Need[]} */
export const playgroundNeeds = [
  { package: "iproute2", program: "ip", why: "network namespaces" },
  { package: "iptables", program: "iptables", why: "the agent's rules" },
  { package: "ipset", program: "ipset", why: "the agent's address sets" },
  { package: "coreutils", program: "stdbuf", why: "the agent's acknowledgements" },
  { package: "iputils-ping", program: "ping", why: "the playground's pings" },
];

/** etcd comes unpacked, not installed: see private-etcd.mjs. @type {readonly Need[]} */
export const etcdNeeds = [
  { package: "etcd-server", program: "etcd", why: "the embedded store" },
  { package: "etcd-client", program: "etcdctl", why: "telling the store its limits" },
];

/** What only `npm test` runs. @type {readonly Need[]} */
export const testNeeds = [
  ...playgroundNeeds,
  { package: "openssl", program: "openssl", why: "certificates of a test's etcd" },
  { package: "chromium", program: "chromium", why: "browser tests" },
  { package: "python3-minimal", file: "/usr/bin/python3", why: "forged packets" },
  { package: "conntrack", program: "conntrack", why: "the kernel's connection table" },
];

/** The needs that are not met on this machine now. */
export function missingNeeds(/** @type {readonly Need[]} */ needs, isMet = isNeedMet) {
  return needs.filter((need) => !isMet(need));
}

/** @param {Need} need */
function isNeedMet(need) {
  if (need.program !== undefined) return findProgram(need.program) !== undefined;
  return need.file !== undefined && existsSync(need.file);
}
