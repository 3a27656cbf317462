import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import type { Profile } from "#policy/profile.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import type { Rule } from "#policy/rule.ts";
import { parseTag, type Tag } from "#policy/tag.ts";

/** A rule a test can name by one number; what is below zero denies. */
export function portRule(port: number): Rule {
  const parsed = parseRule(`${port < 0 ? "deny" : "allow"} tcp to ports ${Math.abs(port)}`);
  if (!parsed.ok) throw new Error(String(port));
  return parsed.value;
}

/** A profile X whose inbound rules are these. */
export function portProfile(ports: readonly number[], tags: readonly string[] = ["X"]): Profile {
  const id = parseProfileId("X");
  if (!id.ok) throw new Error("X");
  const rules = { inbound: ports.map(portRule), outbound: [] };
  return { id: id.value, tags: { kind: "valid", value: tags.map(tagOf) }, rules: { kind: "valid", value: rules } };
}

/** The numbers of the inbound rules. */
export function portsOf({ rules }: Profile): readonly number[] {
  if (rules.kind !== "valid") throw new Error("no rules");
  return rules.value.inbound.map(portOf);
}

/** The number of one rule. */
export function portOf(rule: Rule): number {
  const words = formatRule(rule).split(" ");
  return Number(words.at(-1)) * (words[0] === "deny" ? -1 : 1);
}

/** A tag by its name. */
export function tagOf(name: string): Tag {
  const tag = parseTag(name);
  if (!tag.ok) throw new Error(name);
  return tag.value;
}
