import type { SeedState } from "../../support/seed-state.ts";

export const RULES_PER_PROFILE = 20;
/** The profile whose list of 200 rules is dragged in. */
export const LONG = "LONG";

/** Profiles of twenty rules each, no two alike, and one with a list of 200. */
export function boardEstate(profileCount: number): SeedState {
  const profiles = Object.fromEntries(
    Array.from({ length: profileCount - 1 }, (_, index) => [nameOf(index), profile(index)]),
  );
  const many = Array.from({ length: 200 }, (_, index) => ({ ...rule(index, "src"), dst_ports: [1_000 + index] }));
  return { profiles: { ...profiles, [LONG]: { tags: [LONG], rules: { inbound_rules: many, outbound_rules: [] } } } };
}

/** `P0042`. */
export function nameOf(index: number): string {
  return `P${String(index).padStart(4, "0")}`;
}

/** The rules of one profile; another turn gives other ports. */
export function rulesOf(index: number, turn = 0) {
  const list = (side: "src" | "dst") =>
    Array.from({ length: RULES_PER_PROFILE / 2 }, (_, place) => ({
      ...rule(index + place, side),
      dst_ports: [2_000 + ((index * 7 + place * 31 + turn) % 40_000)],
    }));
  return { inbound_rules: list("src"), outbound_rules: list("dst") };
}

function profile(index: number) {
  return { tags: [nameOf(index), `T${index % 97}`], rules: rulesOf(index) };
}

function rule(index: number, side: "src" | "dst") {
  return { action: index % 11 === 0 ? "deny" : "allow", protocol: "tcp", [`${side}_tag`]: `T${(index * 13) % 97}` };
}
