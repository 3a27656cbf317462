import { describe, expect, it } from "vitest";
import { renderHost } from "#dataplane/desired/render-host.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";

/** Goldens are reviewed as text: after a deliberate change, `vitest -u` rewrites them and the diff is the review. */
function render(state: unknown, families: readonly (4 | 6)[]): string {
  const { entries, issues } = parseStateValue(state);
  expect(issues).toEqual([]);
  return renderHost(snapshotFromEntries(entries), { host: "n1", families });
}

const ALLOW = { action: "allow" };

const WALKTHROUGH = {
  config: { DefaultEndpointToHostAction: "RETURN" },
  profiles: {
    WEB: {
      tags: ["WEB", "APP_7890"],
      rules: {
        inbound_rules: [
          { ...ALLOW, protocol: "tcp", dst_ports: [80, 443] },
          { ...ALLOW, protocol: "icmp", icmp_type: 8 },
        ],
        outbound_rules: [ALLOW],
      },
    },
    APP: {
      tags: ["APP"],
      rules: {
        inbound_rules: [
          { ...ALLOW, protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" },
          { ...ALLOW, protocol: "icmp", icmp_type: 8 },
        ],
        outbound_rules: [ALLOW],
      },
    },
  },
  endpoints: {
    web: endpoint({ host: "n1", name: "caliweb", profiles: ["WEB"], number: 2 }),
    app: endpoint({ host: "n1", name: "caliapp", profiles: ["APP"], number: 3 }),
    elsewhere: endpoint({ host: "n2", name: "cali0", profiles: ["WEB"], number: 9 }),
  },
};

const ODDITIES = {
  profiles: {
    BROKEN: { tags: ["BROKEN"], rules: { inbound_rules: [{ dst_ports: [80] }], outbound_rules: [] } },
    ODD: {
      tags: ["ODD"],
      rules: {
        inbound_rules: [
          { action: "log", log_prefix: "seen", src_net: "192.0.2.0/24" },
          { action: "deny", "!src_tag": "ODD", "!protocol": "tcp", log_prefix: "odd one" },
          { protocol: "sctp", dst_ports: Array.from({ length: 17 }, (_, index) => 100 + index * 2) },
          { action: "next-tier", "!src_net": "10.0.0.0/8" },
          { protocol: "icmp", icmp_type: 255 },
          { src_net: "10.0.0.0/8", "!src_net": "10.1.0.0/16" },
        ],
        outbound_rules: [{ ip_version: 6, action: "deny" }, ALLOW],
      },
    },
  },
  endpoints: {
    broken: endpoint({ host: "n1", name: "cali1", profiles: ["BROKEN", "ODD"], number: 1 }),
    odd: endpoint({ host: "n1", name: "cali2", profiles: ["ODD", "GONE"], number: 2 }),
    idle: { ...endpoint({ host: "n1", name: "cali3", profiles: ["ODD"], number: 3 }), state: "inactive" },
    bare: endpoint({ host: "n1", name: "cali4", profiles: [], number: 4 }),
  },
};

type Sketch = {
  readonly host: string;
  readonly name: string;
  readonly profiles: readonly string[];
  readonly number: number;
};

function endpoint({ host, name, profiles, number }: Sketch) {
  return {
    host,
    state: "active",
    name,
    mac: `02:00:00:00:00:0${number}`,
    profile_ids: profiles,
    ipv4_nets: [`10.65.0.${number}`],
    ipv6_nets: [`fd65::${number}`],
  };
}

describe("what a node is given", () => {
  it("in the walkthrough, IPv4", () =>
    expect(render(WALKTHROUGH, [4])).toMatchFileSnapshot("golden/walkthrough-ipv4.txt"));
  it("in the walkthrough, IPv6", () =>
    expect(render(WALKTHROUGH, [6])).toMatchFileSnapshot("golden/walkthrough-ipv6.txt"));
  it("with every odd rule there is", () =>
    expect(render(ODDITIES, [4])).toMatchFileSnapshot("golden/oddities-ipv4.txt"));
  it("with nothing in the store", () => expect(render({}, [4, 6])).toMatchFileSnapshot("golden/closing-frame.txt"));
});

describe("how many lines a node is given", () => {
  const count = (profiles: number, rules: number, ports: number) => {
    const rule = { protocol: "tcp", dst_ports: Array.from({ length: ports }, (_, index) => index * 2) };
    const list = Array.from({ length: rules }, () => rule);
    const names = Array.from({ length: profiles }, (_, index) => `P${index}`);
    const text = render(
      {
        profiles: Object.fromEntries(
          names.map((id) => [id, { tags: [], rules: { inbound_rules: list, outbound_rules: [] } }]),
        ),
        endpoints: Object.fromEntries(
          names.map((id, index) => [
            id,
            endpoint({ host: "n1", name: `cali${index}`, profiles: [id], number: index % 10 }),
          ]),
        ),
      },
      [4],
    );
    return text.split("\n").filter((line) => line.startsWith("-A")).length;
  };

  // The frame has 18; a profile costs two endpoint chains of four lines, two dispatch lines and its rules; a hundred
  // interfaces need a second level of dispatch.
  it.each([
    [1, 1, 1, 29],
    [1, 10, 1, 38],
    [1, 10, 20, 48],
    [10, 1, 1, 128],
    [100, 10, 1, 2_054],
  ])("%d profiles of %d rules of %d ports: %d lines", (...[profiles, rules, ports, lines]) => {
    expect(count(profiles, rules, ports)).toBe(lines);
  });
});
