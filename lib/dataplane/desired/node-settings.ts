import type { Rejected } from "#dataplane/desired/local-endpoints.ts";
import { DEFAULT_MARK_MASK, DEFAULT_MAX_SET_SIZE, type NodeOptions } from "#dataplane/desired/node-options.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** What the command line, the environment and the machine decide. */
export type LocalSettings = {
  readonly host: string;
  readonly families: readonly Family[];
  /** As given to the agent; it then counts above anything in etcd (policy-model 1.7). */
  readonly interfacePrefix?: string;
};

export type NodeSettings = { readonly options: NodeOptions; readonly rejected: readonly Rejected[] };

// An interface has at most 15 characters and iptables writes the prefix with a `+` behind it.
const INTERFACE_PREFIX = /^[A-Za-z0-9_-]{1,14}$/;
const DEFAULT_PREFIX = "cali";

/** The node's options from its own settings and the classic configuration keys; values that make no sense are rejected. */
export function nodeSettings(snapshot: Snapshot, local: LocalSettings): NodeSettings {
  const rejected: Rejected[] = [];
  const read = configReader(snapshot, local.host, rejected);
  const prefixes = local.interfacePrefix ?? read("InterfacePrefix", (text) => (parsePrefixes(text) ? text : undefined));
  const mask = read("IptablesMarkMask", parseMask) ?? DEFAULT_MARK_MASK;
  return {
    options: {
      host: local.host,
      families: local.families,
      interfacePrefixes: parsePrefixes(prefixes ?? DEFAULT_PREFIX) ?? [DEFAULT_PREFIX],
      acceptBit: lowestBit(mask),
      maxSetSize: read("MaxIpsetSize", parseSize) ?? DEFAULT_MAX_SET_SIZE,
    },
    rejected,
  };
}

/** Comma list of interface prefixes, sorted; `undefined` when one of them cannot be an interface prefix. */
export function parsePrefixes(text: string): readonly string[] | undefined {
  const prefixes = [...new Set(text.split(",").map((part) => part.trim()))].sort();
  return prefixes.every((prefix) => INTERFACE_PREFIX.test(prefix)) ? prefixes : undefined;
}

/** The host's value counts above the global one; one that does not parse is rejected and the default stands. */
function configReader(snapshot: Snapshot, host: string, rejected: Rejected[]) {
  return <T>(name: string, parse: (text: string) => T | undefined): T | undefined => {
    const text = snapshot.hosts.get(host)?.config.get(name) ?? snapshot.config.get(name);
    if (text === undefined) return undefined;
    const value = parse(text.trim());
    if (value === undefined)
      rejected.push({ key: `config/${name}`, reason: `${JSON.stringify(text)} is not a value of ${name}` });
    return value;
  };
}

function parseMask(text: string): number | undefined {
  const mask = /^(0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text) ? Number(text) : 0;
  return mask >= 1 && mask <= 0xffffffff ? mask : undefined;
}

function parseSize(text: string): number | undefined {
  const size = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return size >= 1 ? size : undefined;
}

function lowestBit(mask: number): number {
  return 2 ** Array.from({ length: 32 }, (_, bit) => bit).findIndex((bit) => Math.floor(mask / 2 ** bit) % 2 === 1);
}
