import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { formatPlan } from "#dataplane/plan/format-plan.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { parseLine } from "#dataplane/testing/parse-line.ts";
import type { Family } from "#policy/rule.ts";
import type { StoredEntry } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

/*
 * Whatever anybody stores, wherever text can stand in a key or a value: what reaches iptables-restore and ipset has
 * only lines of our own making, whose words are ours, addresses, numbers and names of harmless characters (I4).
 */
const NASTY = [
  "x\n-A INPUT -j ACCEPT",
  "x\r\nCOMMIT\n*filter\n-P FORWARD ACCEPT",
  '" -j ACCEPT "',
  '\\" -j ACCEPT #',
  "$(id)`id`;id|id&id",
  "x -j ACCEPT",
  "-F",
  "--jump=ACCEPT",
  "{WEB}",
  "%s%n",
  "\u0000\u0001\u001b[2J",
  "\u2028\u2029\u0085",
  "ünïcödé ’",
  "0x0/0x0",
  "*raw",
  ":INPUT ACCEPT",
  "x".repeat(300),
  "tortie-FORWARD",
  "../../etc",
];
const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: "binary", maxLength: 12 }));
const or = <T>(good: readonly T[]) =>
  fc.oneof<fc.WeightedArbitrary<unknown>[]>(
    { weight: 40, arbitrary: fc.constantFrom(...good) },
    { weight: 1, arbitrary: nasty },
  );
const tag = or(["WEB", "APP", "t.a-g_1"]);

const rule = fc
  .record(
    {
      action: or(["allow", "deny", "log"]),
      protocol: or(["tcp", "udp", 6]),
      src_tag: tag,
      "!dst_tag": tag,
      dst_net: or(["10.0.0.0/8", "10.1.0.1"]),
      dst_ports: fc.array(or([80, "100:200", 443]), { maxLength: 2 }),
      // Any text at all is valid here.
      log_prefix: nasty,
    },
    { requiredKeys: [] },
  )
  .map((fields) => ("dst_ports" in fields && !("protocol" in fields) ? { ...fields, protocol: "tcp" } : fields));
const rules = fc.record({
  inbound_rules: fc.array(rule, { maxLength: 3 }),
  outbound_rules: fc.array(rule, { maxLength: 2 }),
});
const endpoint = fc.record({
  state: or(["active"]),
  name: or(["cali0", "cali1", "cali2"]),
  mac: or(["02:00:00:00:00:01"]),
  profile_ids: fc.array(or(["P", "Q"]), { maxLength: 2 }),
  ipv4_nets: fc.array(or(["10.0.0.1", "10.0.0.2"]), { maxLength: 2 }),
  ipv6_nets: fc.array(or(["fd00::1"]), { maxLength: 1 }),
});

const entry = (key: string, value: unknown): StoredEntry => ({ key, value: JSON.stringify(value), modRevision: 1 });
const setting = (name: string, value: unknown): StoredEntry => ({
  key: `/calico/v1/config/${name}`,
  value: String(value),
  modRevision: 1,
});

/** Entries as they stand in etcd, written by nobody who asked us. */
const stored: fc.Arbitrary<readonly StoredEntry[]> = fc
  .record({
    profiles: fc.array(fc.tuple(or(["P", "Q"]), fc.array(tag, { maxLength: 3 }), rules), {
      minLength: 1,
      maxLength: 4,
    }),
    endpoints: fc.array(fc.tuple(or(["a", "b"]), or(["c", "d"]), or(["e", "f"]), endpoint), {
      minLength: 1,
      maxLength: 5,
    }),
    prefix: or(["cali", "cali,tap"]),
    mask: or(["0xff000000", "0x8"]),
    action: or(["DROP", "RETURN", "ACCEPT"]),
    size: or(["1048576", "2"]),
  })
  .map(({ profiles, endpoints, prefix, mask, action, size }) => [
    ...profiles.flatMap(([id, tags, value]) => [
      entry(`/calico/v1/policy/profile/${id}/tags`, tags),
      entry(`/calico/v1/policy/profile/${id}/rules`, value),
    ]),
    ...endpoints.map(([orchestrator, workload, name, value]) =>
      entry(`/calico/v1/host/h1/workload/${orchestrator}/${workload}/endpoint/${name}`, value),
    ),
    setting("InterfacePrefix", prefix),
    setting("IptablesMarkMask", mask),
    setting("DefaultEndpointToHostAction", action),
    setting("MaxIpsetSize", size),
  ]);

const CHAIN = "(?:PREROUTING|INPUT|FORWARD|tortie-[A-Za-z0-9_.-]{1,21})";
const SET = "tortie-[46][ab]-[A-Za-z0-9_.-]{1,21}";
const ADDRESS = "[0-9a-f.:]{2,39}";
const COMMENT = '-m comment --comment "tortie:[0-9a-f]{12} [A-Za-z0-9_.:,/() -]*"';
const WORDS = '(?:(?:[A-Za-z0-9_.:,/+!-]+|"[A-Za-z0-9_:-]{0,27}: ")(?: |$))+';
const LINES = [
  "# ipset restore",
  "# ip6?tables-restore --noflush",
  `create ${SET} hash:ip family inet6? hashsize \\d+ maxelem \\d+`,
  `add ${SET} ${ADDRESS}`,
  "\\*(?:raw|filter)",
  `:${CHAIN} - \\[0:0\\]`,
  `-(?:A ${CHAIN}|I ${CHAIN} \\d+) ${COMMENT} ${WORDS}`,
  "COMMIT",
].map((line) => new RegExp(`^${line}$`));

function planText(entries: readonly StoredEntry[]): string {
  const nothing = { raw: new Map(), filter: new Map() };
  const empty: KernelState = {
    sets: new Map(),
    families: new Map<Family, typeof nothing>([
      [4, nothing],
      [6, nothing],
    ]),
  };
  const snapshot = snapshotFromEntries(entries);
  return formatPlan(
    planApply(empty, nodePolicy(snapshot, nodeSettings(snapshot, { host: "h1", families: [4, 6] }).options)).plan,
  );
}

describe("policy text", () => {
  it("I4 never becomes an argument or a line it was not meant to be", PROPERTY_TIMEOUT, () => {
    fc.assert(
      fc.property(stored, (entries) => {
        let family: Family = 4;
        for (const line of planText(entries).trimEnd().split("\n")) {
          if (!LINES.some((known) => known.test(line)))
            throw new Error(`a line of nobody's making: ${JSON.stringify(line)}`);
          if (line.startsWith("# ip")) family = line.includes("ip6") ? 6 : 4;
          const words = /^-(?:A \S+|I \S+ \d+) (.*)$/.exec(line)?.[1];
          // Reads every word as iptables would and refuses what it does not know.
          if (words !== undefined) parseLine(words, family);
        }
      }),
      runCount(500),
    );
  });

  it("the nasty texts get far enough to matter: rules, sets and log prefixes are written beside them", () => {
    const texts = fc.sample(stored, { numRuns: 300, seed: 11 }).map(planText);
    const withWord = (word: string) => texts.filter((text) => text.includes(word)).length;
    for (const word of ["-g tortie-accept", "--match-set", "--log-prefix", "-j RETURN"]) {
      expect([word, withWord(word) > 30]).toEqual([word, true]);
    }
  });
});
