import fc from "fast-check";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Rule } from "#policy/rule.ts";
import { arbitraryRule, arbitraryTag } from "#testing/arbitraries.ts";

const direction = fc.constantFrom("inbound" as const, "outbound" as const);
const position = fc.integer({ min: -1, max: 10 });

/** Any edit of a small profile; many of them are refused. */
export function arbitraryEdit(): fc.Arbitrary<ProfileEdit> {
  return fc.oneof(
    fc.record({ kind: fc.constant("insert-rule" as const), direction, rule: arbitraryRule(), at: position }),
    fc.record({ kind: fc.constant("insert-rule" as const), direction, rule: arbitraryRule() }),
    fc.record({ kind: fc.constant("remove-rule" as const), direction, at: position }),
    fc.record({ kind: fc.constant("remove-equal" as const), direction, rule: arbitraryRule() }),
    fc.record({ kind: fc.constant("replace-rule" as const), direction, at: position, rule: arbitraryRule() }),
    fc.record({ kind: fc.constant("move-rule" as const), direction, from: position, to: position }),
    fc.record({ kind: fc.constantFrom("add-tag" as const, "remove-tag" as const), tag: arbitraryTag() }),
    fc.record({ kind: fc.constant("replace-tags" as const), tags: fc.array(arbitraryTag(), { maxLength: 3 }) }),
  );
}

const text = fc.constantFrom("", "why", "NET-2291", "two\nlines");

/** Any edit of what is beside the rules; the rules it names by what they say come from `rule`. */
export function arbitraryBesideEdit(rule: fc.Arbitrary<Rule> = arbitraryRule()): fc.Arbitrary<ProfileEdit> {
  return fc.oneof(
    fc.record({ kind: fc.constant("park-rule" as const), direction, at: position }),
    fc.record({ kind: fc.constant("comment-rule" as const), direction, at: position, text }),
    fc.record({ kind: fc.constant("restore-rule" as const), direction, rule, at: position }),
    fc.record({ kind: fc.constant("remove-parked" as const), direction, rule }),
    fc.record({ kind: fc.constant("comment-parked" as const), direction, rule, text }),
  );
}
