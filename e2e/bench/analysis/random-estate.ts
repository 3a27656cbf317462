import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";

const OPEN = 0.05;
const BY_NETWORK = 0.1;
const DENY = 0.1;

/** A generator of numbers in 0..1 that gives the same ones for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * An estate without two profiles alike: each has its own tag and two of others, and its rules ask mostly for tags, one
 * in ten for a network (a twentieth as many as profiles), one in twenty for nothing.
 */
export function randomEstate(profileCount: number, rulesPerProfile: number, seed = 1): Snapshot {
  const random = randomNumbers(seed);
  const anyTag = () => `T${Math.floor(random() * profileCount)}`;
  const netCount = Math.max(1, Math.ceil(profileCount / 20));
  const anyNet = () => {
    const index = Math.floor(random() * netCount);
    return `10.${index % 256}.${Math.floor(index / 256) * 16}.0/20`;
  };
  const rule = (end: "src" | "dst") => {
    const kind = random();
    const base = {
      action: random() < DENY ? "deny" : "allow",
      protocol: random() < 0.8 ? "tcp" : "udp",
      dst_ports: [1000 + Math.floor(random() * 200) * 10],
    };
    if (kind < OPEN) return base;
    return kind < OPEN + BY_NETWORK ? { ...base, [`${end}_net`]: anyNet() } : { ...base, [`${end}_tag`]: anyTag() };
  };
  const profiles = Object.fromEntries(
    Array.from({ length: profileCount }, (_, index) => {
      const inbound = Array.from({ length: rulesPerProfile - 2 }, () => rule("src"));
      const outbound = [rule("dst"), { action: "allow" }];
      const tags = [`T${index}`, anyTag(), anyTag()];
      return [
        `P${String(index).padStart(5, "0")}`,
        { tags, rules: { inbound_rules: inbound, outbound_rules: outbound } },
      ];
    }),
  );
  return snapshotFromEntries(parseStateValue({ profiles }).entries);
}
