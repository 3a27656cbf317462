import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalKey } from "#policy/canonical-rule.ts";
import { formatCommands } from "#policy/commands/format-commands.ts";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import { formatRulesJson } from "#policy/json/format-rules-json.ts";
import { parseRulesJson } from "#policy/json/parse-rules-json.ts";
import type { Profile } from "#policy/profile.ts";
import { parseTag } from "#policy/tag.ts";
import { arbitraryProfile } from "#testing/arbitraries.ts";
import { arbitraryEdit } from "#testing/arbitrary-edit.ts";
import { portProfile, portRule, tagOf } from "#testing/port-profile.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

describe("P77 the commands of a draft", PROPERTY_TIMEOUT, () => {
  it("say each edit as calicoctl takes it", () => {
    const edits: ProfileEdit[] = [
      { kind: "move-rule", direction: "inbound", from: 3, to: 1 },
      { kind: "replace-rule", direction: "inbound", at: 2, rule: portRule(11) },
      { kind: "insert-rule", direction: "outbound", rule: portRule(-25) },
      { kind: "add-tag", tag: tagOf("DB") },
    ];
    expect(formatCommands(portProfile([1, 2, 3]), edits)).toEqual([
      "calicoctl profile X rule remove inbound --at=3",
      "calicoctl profile X rule add inbound --at=1 allow tcp to ports 3",
      "calicoctl profile X rule remove inbound --at=2",
      "calicoctl profile X rule add inbound --at=2 allow tcp to ports 11",
      "calicoctl profile X rule add outbound deny tcp to ports 25",
      "calicoctl profile X tag add DB",
    ]);
  });

  it("leave a shell nothing to read into a log prefix", () => {
    const rule = parseRule("log tcp prefix it's;$(x)");
    if (!rule.ok) throw new Error("a prefix is any word");
    const [command] = formatCommands(portProfile([]), [
      { kind: "insert-rule", direction: "inbound", rule: rule.value },
    ]);
    expect(command).toBe("calicoctl profile X rule add inbound log tcp prefix 'it'\\''s;$(x)'");
  });

  it("lead where the draft leads, for any edits", () => {
    fc.assert(
      fc.property(arbitraryProfile(), fc.array(arbitraryEdit(), { maxLength: 5 }), (before, wanted) => {
        const edits: ProfileEdit[] = [];
        let after = before;
        for (const edit of wanted) {
          const next = applyEdit(after, edit);
          if (!next.ok) continue;
          edits.push(edit);
          after = next.value;
        }
        const commands = formatCommands(before, edits);
        if (commands.length > 0) expect(meaning(run(before, commands))).toEqual(meaning(after));
        else expect(edits.length === 0 || !isSayable(after) || isSameMeaning(before, after)).toBe(true);
      }),
      runCount(100),
    );
  });
});

/** Carries commands out as the command line does. */
function run(before: Profile, commands: readonly string[]): Profile {
  return commands.reduce((profile, command) => {
    const edit = editOf(command);
    const next = edit && applyEdit(profile, edit);
    if (!next?.ok) throw new Error(command);
    return next.value;
  }, before);
}

function editOf(command: string): ProfileEdit | undefined {
  const json = /rule update <<'END_OF_RULES'\n([\s\S]*)\nEND_OF_RULES$/.exec(command)?.[1];
  if (json !== undefined) {
    const { rules } = parseRulesJson(json);
    return rules && { kind: "replace-rules", inbound: rules.inbound, outbound: rules.outbound };
  }
  const words = command
    .split(" ")
    .slice(3)
    .map((word) => word.replace(/^'([\s\S]*)'$/, "$1").replaceAll("'\\''", "'"));
  const [what, verb, third = "", ...rest] = words;
  if (what === "tag") {
    const tag = parseTag(third);
    return tag.ok ? { kind: verb === "add" ? "add-tag" : "remove-tag", tag: tag.value } : undefined;
  }
  const direction = third === "inbound" ? "inbound" : "outbound";
  const place = rest[0]?.startsWith("--at=") ? Number(rest.shift()?.slice(5)) : undefined;
  if (verb === "remove") return { kind: "remove-rule", direction, at: place ?? 0 };
  const rule = parseRule(rest.join(" "));
  return rule.ok
    ? { kind: "insert-rule", direction, rule: rule.value, ...(place === undefined ? {} : { at: place }) }
    : undefined;
}

/** False where a rule stands that others may write and we do not. */
function isSayable({ id, rules }: Profile): boolean {
  return rules.kind !== "valid" || parseRulesJson(formatRulesJson(id, rules.value)).rules !== undefined;
}

function isSameMeaning(one: Profile, other: Profile): boolean {
  return JSON.stringify(meaning(one)) === JSON.stringify(meaning(other));
}

function meaning({ tags, rules }: Profile) {
  const held = tags.kind === "valid" ? [...new Set(tags.value)].sort() : tags.kind;
  if (rules.kind !== "valid") return { held, rules: rules.kind };
  return { held, rules: [rules.value.inbound.map(canonicalKey), rules.value.outbound.map(canonicalKey)] };
}
