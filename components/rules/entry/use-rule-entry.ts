import { useMemo, useState } from "react";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import type { Issue } from "#policy/issue.ts";
import type { Rule } from "#policy/rule.ts";
import { err, type Result } from "#prelude/result.ts";
import { EMPTY_FIELDS, fieldsOfRule, type RuleFields, ruleTextOf } from "./rule-fields.ts";

/** A rule is a line: what is pasted beyond this is no rule, and is neither kept nor read. */
export const MAX_RULE_LENGTH = 10_000;

export type ParsedRule = Result<Rule, readonly Issue[]>;

/** One rule being written: as one line, or by fields that write that line. */
export type RuleEntry = {
  readonly text: string;
  readonly fields: RuleFields;
  readonly parsed: ParsedRule;
  /** Both answer what the new line reads as. */
  readonly setText: (text: string) => ParsedRule;
  readonly setFields: (fields: Partial<RuleFields>) => ParsedRule;
  /** Begins again with another rule, as after an undo. */
  readonly reset: (rule: Rule | undefined) => void;
};

/** Holds the line and the form together; a line that cannot be read leaves the form as it was. */
export function useRuleEntry(initial: Rule | undefined): RuleEntry {
  const [text, setLine] = useState(() => (initial === undefined ? "" : formatRule(initial)));
  const [fields, setForm] = useState(() => (initial === undefined ? EMPTY_FIELDS : fieldsOfRule(initial)));
  const [refused, setRefused] = useState<readonly Issue[]>();
  const parsed = useMemo(() => (refused === undefined ? parseRule(text) : err(refused)), [text, refused]);
  return {
    text,
    fields,
    parsed,
    setText(next) {
      const tooLong = tooLongIssues(next);
      setRefused(tooLong);
      if (tooLong !== undefined) return err(tooLong);
      setLine(next);
      const rule = parseRule(next);
      if (rule.ok) setForm(fieldsOfRule(rule.value));
      return rule;
    },
    setFields(changed) {
      const next = { ...fields, ...changed };
      const line = ruleTextOf(next);
      setRefused(undefined);
      setForm(next);
      setLine(line);
      return parseRule(line);
    },
    reset(rule) {
      setRefused(undefined);
      setLine(rule === undefined ? "" : formatRule(rule));
      setForm(rule === undefined ? EMPTY_FIELDS : fieldsOfRule(rule));
    },
  };
}

/** Judged by length alone: reading a megabyte for its first wrong word would stop the page. */
export function tooLongIssues(text: string): readonly Issue[] | undefined {
  if (text.length <= MAX_RULE_LENGTH) return undefined;
  return [{ kind: "too-large", foundBytes: text.length, maxBytes: MAX_RULE_LENGTH, path: [] }];
}
