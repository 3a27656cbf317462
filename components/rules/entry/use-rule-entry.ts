import { useMemo, useState } from "react";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import type { Issue } from "#policy/issue.ts";
import type { Rule } from "#policy/rule.ts";
import type { Result } from "#prelude/result.ts";
import { EMPTY_FIELDS, fieldsOfRule, type RuleFields, ruleTextOf } from "./rule-fields.ts";

/** One rule being written: as one line, or by fields that write that line. */
export type RuleEntry = {
  readonly text: string;
  readonly fields: RuleFields;
  readonly parsed: Result<Rule, readonly Issue[]>;
  readonly setText: (text: string) => void;
  readonly setFields: (fields: Partial<RuleFields>) => void;
};

/** Holds the line and the form together; a line that cannot be read leaves the form as it was. */
export function useRuleEntry(initial: Rule | undefined): RuleEntry {
  const [text, setLine] = useState(() => (initial === undefined ? "" : formatRule(initial)));
  const [fields, setForm] = useState(() => (initial === undefined ? EMPTY_FIELDS : fieldsOfRule(initial)));
  const parsed = useMemo(() => parseRule(text), [text]);
  return {
    text,
    fields,
    parsed,
    setText(next) {
      setLine(next);
      const rule = parseRule(next);
      if (rule.ok) setForm(fieldsOfRule(rule.value));
    },
    setFields(changed) {
      const next = { ...fields, ...changed };
      setForm(next);
      setLine(ruleTextOf(next));
    },
  };
}
