import type { Finding, RulePlace } from "#analysis/findings/finding.ts";
import { idleRules } from "#analysis/findings/idle-rules.ts";
import { createRuleAlgebra, TooMuchWorkError } from "#analysis/findings/rule-algebra.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Rule } from "#policy/rule.ts";

/** Steps spent on one list of rules before giving up: a second or two; ordinary lists take some hundreds. */
export const MAX_STEPS = 2_000_000;

const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];
const known = new WeakMap<ProfileRules, Map<ProfileId, readonly Finding[]>>();

/** What is wrong with a profile's rules by themselves, whoever holds what. Remembered per rules value and profile. */
export function ruleFindings({ id, rules }: Profile): readonly Finding[] {
  if (rules.kind !== "valid") return [];
  const byId = known.get(rules.value) ?? new Map<ProfileId, readonly Finding[]>();
  known.set(rules.value, byId);
  const found = byId.get(id) ?? DIRECTIONS.flatMap((direction) => listFindings(id, direction, rules.value[direction]));
  byId.set(id, found);
  return found;
}

/** A rule's place with its words. */
export function placeRule({ profile, direction, position }: Omit<RulePlace, "rule">, rule: Rule): RulePlace {
  const text = words.get(rule) ?? formatRule(rule);
  words.set(rule, text);
  return { profile, direction, position, rule: text };
}

const words = new WeakMap<Rule, string>();

function listFindings(profile: ProfileId, direction: Direction, rules: readonly Rule[]): readonly Finding[] {
  return [...idleFindings(profile, direction, rules), ...actionFindings(profile, direction, rules)];
}

function idleFindings(profile: ProfileId, direction: Direction, rules: readonly Rule[]): readonly Finding[] {
  try {
    return idleRules(rules, createRuleAlgebra(MAX_STEPS)).flatMap((idle): readonly Finding[] => {
      const { position } = idle;
      const rule = rules[position - 1];
      if (rule === undefined) return [];
      const place = placeRule({ profile, direction, position }, rule);
      const fix = {
        edits: [{ profile, edit: { kind: "remove-rule", direction, at: position } }],
        isNeutral: true,
      } as const;
      if (idle.kind === "redundant") {
        return [{ kind: "rule-redundant", ...place, coveredBy: idle.coveredBy, severity: "warning", fix }];
      }
      const { reason, blockedBy } = idle;
      return [{ kind: "rule-never-matches", ...place, reason, blockedBy, severity: "warning", fix }];
    });
  } catch (error) {
    if (!(error instanceof TooMuchWorkError)) throw error;
    return [{ kind: "not-judged", profile, direction, maxSteps: MAX_STEPS, severity: "notice" }];
  }
}

/** An absent action allows, which nobody expects of a rule that says nothing (policy-model 2.12, 19). */
function actionFindings(profile: ProfileId, direction: Direction, rules: readonly Rule[]): readonly Finding[] {
  return rules.flatMap((rule, index): readonly Finding[] => {
    if (rule.action !== undefined && rule.action !== null) return [];
    const position = index + 1;
    const explicit = parseStrictRule({ ...rule, action: "allow" });
    const edit = explicit.ok
      ? ({ kind: "replace-rule", direction, at: position, rule: explicit.value } as const)
      : undefined;
    return [
      {
        kind: "action-missing",
        ...placeRule({ profile, direction, position }, rule),
        severity: "warning",
        ...(edit && { fix: { edits: [{ profile, edit }], isNeutral: true } }),
      },
    ];
  });
}
