import { describe, expect, it } from "vitest";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import type { EditError, ProfileEdit } from "#policy/edit/profile-edit.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseAnyRule, parseRule } from "#policy/grammar/parse-rule.ts";
import { parseRulesJson } from "#policy/json/parse-rules-json.ts";
import type { Profile } from "#policy/profile.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseTag } from "#policy/tag.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import printCases from "#testing/conformance/rule_print.json" with { type: "json" };
import textCases from "#testing/conformance/rule_text.json" with { type: "json" };

type Command = { readonly argv: readonly string[]; readonly stdin?: string };
type Recommended = { readonly error?: boolean; readonly inbound_rules?: unknown; readonly stdout?: string };
type Outcome = { readonly profile: Profile; readonly isRefused: boolean; readonly stdout?: string };

/** The commands that concern rules and tags of one profile; the rest is argument parsing, tested with the command line. */
const POLICY_COMMAND =
  /^profile P (?:rule (?:add (?:inbound|outbound)|remove (?:inbound|outbound)|update|show)|tag add)/;
const ourCases = textCases.filter((one) => one.commands.every(({ argv }) => POLICY_COMMAND.test(argv.join(" "))));

describe("rule words as the classic tool took them, and as it should have", () => {
  it.each(ourCases)("P16 $id: $title", (one) => {
    const before = profileOf(one.before);
    let outcome: Outcome = { profile: before, isRefused: false };
    for (const command of one.commands as readonly Command[]) outcome = run(outcome.profile, command);
    const wanted: Recommended = one.recommended;
    if (wanted.error !== undefined) expect(outcome).toEqual({ profile: before, isRefused: true });
    if (wanted.inbound_rules !== undefined) expect(storedInbound(outcome.profile)).toEqual(wanted.inbound_rules);
    if (wanted.stdout !== undefined) expect(outcome.stdout).toBe(wanted.stdout);
    if (wanted.error === undefined) expect(outcome.isRefused).toBe(false);
  });

  it(`P16 rule_text: ${ourCases.length} of the ${textCases.length} cases are about rules and run here`, () => {
    expect(ourCases.length).toBe(75);
  });
});

describe("rules as they are printed", () => {
  it.each(printCases)("P21 $id: $title", (one) => {
    if (one.rule !== undefined) expect(formatRule(one.rule)).toBe(one.expect);
    if (one.rules !== undefined) expect(one.rules.map((rule, index) => line(rule, index))).toEqual(one.expect_lines);
  });

  it(`P21 rule_print: ${printCases.length} of ${printCases.length} cases run`, () => {
    expect(printCases.length).toBeGreaterThan(10);
  });
});

function profileOf(before: { readonly inbound_rules: unknown; readonly outbound_rules: unknown }): Profile {
  const id = parseProfileId("P");
  if (!id.ok) throw new Error("P is a profile id");
  const { inbound_rules, outbound_rules } = before;
  return {
    id: id.value,
    tags: parseTagsValue('["P"]'),
    rules: parseRulesValue(JSON.stringify({ inbound_rules, outbound_rules })),
  };
}

function run(profile: Profile, command: Command): Outcome {
  const [, , what, verb] = command.argv;
  if (verb === "show") return { profile, isRefused: false, stdout: show(profile) };
  const edit = what === "tag" ? tagEdit(command) : verb === "update" ? updateEdit(profile, command) : ruleEdit(command);
  if (!edit.ok) return { profile, isRefused: true };
  const edited = applyEdit(profile, edit.value);
  if (edited.ok) return { profile: edited.value, isRefused: false };
  return { profile, isRefused: !isAlreadySo(edited.error) };
}

function isAlreadySo({ kind }: EditError): boolean {
  return kind === "rule-already-present" || kind === "tag-already-held";
}

function tagEdit({ argv }: Command): Result<ProfileEdit, unknown> {
  const tag = parseTag(argv[4]);
  return tag.ok ? ok({ kind: "add-tag", tag: tag.value }) : tag;
}

function updateEdit(profile: Profile, { stdin }: Command): Result<ProfileEdit, unknown> {
  const { rules, issues } = parseRulesJson(stdin ?? "", { profile: profile.id });
  return rules === undefined ? err(issues) : ok({ kind: "replace-rules", ...rules });
}

function ruleEdit({ argv }: Command): Result<ProfileEdit, unknown> {
  const direction = argv[4] === "inbound" ? "inbound" : "outbound";
  const option = argv.find((word) => word.startsWith("--at="))?.slice("--at=".length);
  const words = argv.slice(5).filter((word) => !word.startsWith("--at="));
  const at = option === undefined ? undefined : Number(option);
  if (argv[3] === "remove" && at !== undefined) {
    return words.length > 0 ? err("both") : ok({ kind: "remove-rule", direction, at });
  }
  const rule = argv[3] === "remove" ? parseAnyRule(words) : parseRule(words);
  if (!rule.ok) return rule;
  if (argv[3] === "remove") return ok({ kind: "remove-equal", direction, rule: rule.value });
  return ok({ kind: "insert-rule", direction, rule: rule.value, ...(at !== undefined && { at }) });
}

function storedInbound({ rules }: Profile): unknown {
  return rules.kind === "valid" ? rules.value.inbound : rules;
}

function show({ rules }: Profile): string {
  if (rules.kind !== "valid") return "";
  const inbound = rules.value.inbound.map((rule, index) => `${line(rule, index)}\n`);
  const outbound = rules.value.outbound.map((rule, index) => `${line(rule, index)}\n`);
  return `Inbound rules:\n${inbound.join("")}Outbound rules:\n${outbound.join("")}`;
}

function line(rule: Readonly<Record<string, unknown>>, index: number): string {
  return ` ${String(index + 1).padStart(3)} ${formatRule(rule)}`;
}
