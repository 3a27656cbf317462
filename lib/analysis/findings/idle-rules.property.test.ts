import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idleRules } from "#analysis/findings/idle-rules.ts";
import { createRuleAlgebra, TooMuchWorkError } from "#analysis/findings/rule-algebra.ts";
import { arbitraryHeaders, fail } from "#analysis/testing/probing-set.ts";
import { parseAddress } from "#policy/address.ts";
import { decide } from "#policy/decide.ts";
import type { Packet } from "#policy/packet.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Family, Rule } from "#policy/rule.ts";
import { arbitraryRuleJson } from "#testing/arbitrary-state.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

const LISTS = 1_000;
const HEADERS = 8;
const MAX_STEPS = 1_000_000;
const ADDRESSES: Readonly<Record<Family, readonly string[]>> = {
  4: ["10.0.0.1", "10.0.0.9", "10.9.9.9", "9.255.255.255", "11.0.0.0", "172.16.0.3", "192.0.2.9", "0.0.0.0"],
  6: ["fd00::1", "fd00::2", "fcff::1", "fd01::", "2001:db8::1", "::"],
};

const rules = fc.array(arbitraryRuleJson(), { minLength: 1, maxLength: 6 }).map((list) =>
  list.flatMap((json) => {
    const rule = parseStoredRule(json);
    return rule.ok ? [rule.value] : [];
  }),
);

/** Who holds what is drawn as freely as the packets: the claims are made for every estate. */
const worlds = fc.array(fc.record({ held: fc.nat({ max: 255 }), src: fc.nat({ max: 7 }), dst: fc.nat({ max: 7 }) }), {
  minLength: 6,
  maxLength: 6,
});

describe("rules that do nothing", PROPERTY_TIMEOUT, () => {
  it("R11 a rule called redundant or unreached changes no decision when it is removed, in any estate", () => {
    fc.assert(
      fc.property(rules, worlds, arbitraryHeaders(HEADERS), (list, drawn, headers) => {
        const idle = idleRules(list, createRuleAlgebra(MAX_STEPS));
        const all = new Set(idle.map(({ position }) => position));
        for (const { position, kind } of [...idle, { position: 0, kind: "all" }]) {
          const gone = kind === "all" ? all : new Set([position]);
          const without = list.filter((_, index) => !gone.has(index + 1));
          for (const header of headers) {
            for (const world of drawn) {
              const packet = packetOf(header, world);
              const [before, after] = [walk(list, packet, world.held), walk(without, packet, world.held)];
              const isSame = before.verdict === after.verdict && before.decidedBy.profile === after.decidedBy.profile;
              if (!isSame) fail(`${kind} rule ${position}`, { list, header, world, before, after });
              const step = before.trace[position - 1];
              const isMet =
                step !== undefined &&
                step.profile === "P" &&
                ["decided", "logged", "left-profile"].includes(step.outcome);
              if (kind === "never" && isMet) fail("reached", { list, position, header, world });
            }
          }
        }
      }),
      runCount(LISTS),
    );
  });

  it("R11 a rule that takes a packet of its own, and decides it as nothing after it would, is never called idle", () => {
    let found = 0;
    fc.assert(
      fc.property(rules, worlds, arbitraryHeaders(HEADERS), (list, drawn, headers) => {
        const idle = new Set(idleRules(list, createRuleAlgebra(MAX_STEPS)).map(({ position }) => position));
        found += idle.size;
        for (const header of headers) {
          for (const world of drawn) {
            const packet = packetOf(header, world);
            const { decidedBy, verdict } = walk(list, packet, world.held);
            if (decidedBy.kind !== "rule" || decidedBy.profile !== "P") continue;
            const without = list.filter((_, index) => index !== decidedBy.position - 1);
            const after = walk(without, packet, world.held);
            const isNeeded = after.verdict !== verdict || after.decidedBy.profile !== "P";
            if (isNeeded && idle.has(decidedBy.position)) fail("needed rule called idle", { list, header, world });
          }
        }
      }),
      runCount(500),
    );
    expect(found).toBeGreaterThan(100);
  });

  it("R11 work is bounded: more distinctions than the bound allows are an error, not a wait", () => {
    const many = Array.from({ length: 200 }, (_, index) => {
      const rule = parseStoredRule({ action: "allow", protocol: "tcp", dst_ports: [index * 2], src_tag: `T${index}` });
      if (!rule.ok) throw new Error("a rule");
      return rule.value;
    });
    expect(() => idleRules(many, createRuleAlgebra(1_000))).toThrow(TooMuchWorkError);
    expect(idleRules(many, createRuleAlgebra(10_000_000))).toEqual([]);
  });
});

type World = { readonly held: number; readonly src: number; readonly dst: number };

const TAGS: readonly string[] = ["A", "B", "C", "P"];

const id = (text: string) => text as ProfileId;
const profile = (name: string, inbound: readonly Rule[]): readonly [ProfileId, Profile] => [
  id(name),
  { id: id(name), tags: { kind: "missing" }, rules: { kind: "valid", value: { inbound, outbound: [] } } },
];
const open = parseStoredRule({ action: "allow" });
const REST = profile("REST", open.ok ? [open.value] : []);

/** The list as one profile, then one that allows everything: what it leaves undecided shows. */
function walk(list: readonly Rule[], packet: Packet, held: number) {
  const profiles = new Map([profile("P", list), REST]);
  const isMember = (tag: string, _family: Family, address: bigint) => {
    const bit = TAGS.indexOf(tag) + (address === packet.src ? 0 : TAGS.length);
    return ((held >> bit) & 1) === 1;
  };
  return decide({ profiles, isMember }, { profileIds: [id("P"), id("REST")], direction: "inbound" }, packet);
}

function packetOf(header: Omit<Packet, "src" | "dst">, world: World): Packet {
  const pick = (index: number) => {
    const texts = ADDRESSES[header.family];
    const address = parseAddress(texts[index % texts.length] ?? "");
    return address.ok ? address.value.value : 0n;
  };
  return { ...header, src: pick(world.src), dst: pick(world.dst) };
}
