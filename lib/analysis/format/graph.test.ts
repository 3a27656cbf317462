import { describe, expect, it } from "vitest";
import { formatGraphDot } from "#analysis/format/as-dot.ts";
import { graphJson } from "#analysis/format/as-json.ts";
import { formatGraphSvg } from "#analysis/format/as-svg.ts";
import { formatGraphText } from "#analysis/format/as-text.ts";
import { deployedReachability, reachability } from "#analysis/reach/reachability.ts";
import { snapshotOf } from "#testing/ask-state.ts";

const reach = reachability(
  snapshotOf({
    profiles: {
      WEB: {
        tags: ["WEB", "APP_7890"],
        rules: {
          inbound_rules: [{ protocol: "tcp", dst_ports: [80, 443] }],
          outbound_rules: [{ action: "allow", dst_tag: "APP" }],
        },
      },
      APP: {
        tags: ["APP"],
        rules: {
          inbound_rules: [
            { action: "allow", protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" },
            { action: "allow", protocol: "tcp", dst_ports: [22], src_net: "10.40.0.0/16" },
          ],
          outbound_rules: [],
        },
      },
      world: { tags: [] },
    },
  }),
);

describe("the graph", () => {
  it("R8 as text lists what is allowed and what one side stops", () => {
    expect(formatGraphText(reach)).toBe(`Allowed:
world -> WEB: tcp 80,443
10.40.0.0/16 -> APP: ipv4 tcp 22
10.40.0.0/16 -> WEB: ipv4 tcp 80,443
WEB -> APP: tcp 7890

Half open:
APP -> WEB: sender stops tcp 80,443
WEB -> APP: receiver stops all except tcp 7890
WEB -> WEB: sender stops tcp 80,443
profile:world -> WEB: sender stops tcp 80,443
`);
  });

  it("R8 as DOT draws every place and every allowed pair", () => {
    expect(formatGraphDot(reach)).toBe(`digraph reachability {
  label="revision 1";
  "world" [shape=doublecircle];
  "10.40.0.0/16" [shape=box];
  "APP" [shape=ellipse];
  "WEB" [shape=ellipse];
  "profile:world" [shape=ellipse];
  "world" -> "WEB" [label="tcp 80,443"];
  "10.40.0.0/16" -> "APP" [label="ipv4 tcp 22"];
  "10.40.0.0/16" -> "WEB" [label="ipv4 tcp 80,443"];
  "WEB" -> "APP" [label="tcp 7890"];
}
`);
  });

  it("R8 as JSON names the rules that imply each piece", () => {
    const json = graphJson(reach);
    expect(json.nodes.at(-1)).toEqual({ name: "profile:world", kind: "profile", rules: "missing" });
    expect(json.allowed.at(-1)).toEqual({
      from: "WEB",
      to: "APP",
      connections: "tcp 7890",
      pieces: [
        {
          connections: "tcp 7890",
          sender: { profile: "WEB", position: 1, rule: "allow to tag APP" },
          receiver: { profile: "APP", position: 1, rule: "allow tcp from tag APP_7890 to ports 7890" },
        },
      ],
    });
    expect(json.half_open[0]).toEqual({ from: "APP", to: "WEB", sender_only: "none", receiver_only: "tcp 80,443" });
  });

  it("R8 a pair of profiles tells which networks would change its answer", () => {
    const [web, app] = ["WEB", "APP"].map((id) =>
      reach.nodes.findIndex((node) => node.kind === "profile" && node.id === id),
    );
    const dependencies = reach.dependsOn(web ?? -1, app ?? -1).map(({ end, cidr }) => [end, cidr]);
    expect(dependencies).toEqual([["from", "10.40.0.0/16"]]);
    expect(reach.dependsOn(app ?? -1, web ?? -1)).toEqual([]);
  });

  it("R8 as SVG is one picture with its legend and revision, and nothing in a name becomes markup", () => {
    const svg = formatGraphSvg(reach);
    expect(svg).toContain(">revision 1</text>");
    expect(svg).toContain("allowed: 4 pairs");
    expect(svg).toContain("one side stops it: 4 pairs");
    expect(svg.match(/<line [^>]*><title>/g)?.length).toBe(8);
    expect(svg).toContain("<title>tcp 7890</title>");
    expect(svg).not.toMatch(/href|<script|<style|url\(/);
    expect(formatGraphSvg(reach)).toBe(svg);
  });

  it("R8 deployed draws the ordered profile lists that endpoints have", () => {
    const open = { inbound_rules: [{ action: "allow", src_tag: "A" }], outbound_rules: [{ action: "allow" }] };
    const endpoint = { host: "h1", state: "active", ipv6_nets: [] };
    const deployed = deployedReachability(
      snapshotOf({
        profiles: {
          A: { tags: ["A"], rules: open },
          B: { tags: [], rules: { inbound_rules: [], outbound_rules: [] } },
        },
        endpoints: {
          one: { ...endpoint, ipv4_nets: ["10.0.0.1"], profile_ids: ["B", "A"] },
          two: { ...endpoint, ipv4_nets: ["10.0.0.2"], profile_ids: ["B", "A"] },
          three: { ...endpoint, ipv4_nets: ["10.0.0.3"], profile_ids: ["A", "GONE"] },
          four: { ...endpoint, ipv4_nets: ["10.0.0.4"], profile_ids: [] },
        },
      }),
    );
    expect(graphJson(deployed).nodes.slice(1)).toEqual([
      { name: "[]", kind: "profiles", profiles: [], endpoints: 1 },
      { name: "[A, GONE]", kind: "profiles", profiles: ["A", "GONE"], endpoints: 1 },
      { name: "[B, A]", kind: "profiles", profiles: ["B", "A"], endpoints: 2 },
    ]);
    expect(formatGraphText(deployed).split("\n\n")[0]).toBe(
      "Allowed:\n[A, GONE] -> world: all\n[A, GONE] -> [A, GONE]: all\n[A, GONE] -> [B, A]: all\n[B, A] -> world: all\n[B, A] -> [A, GONE]: all\n[B, A] -> [B, A]: all",
    );
  });

  it("R8 without profiles nothing is allowed", () => {
    expect(formatGraphText(reachability(snapshotOf({})))).toBe("Nothing is allowed.\n");
  });
});
