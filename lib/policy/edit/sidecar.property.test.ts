import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalKey } from "#policy/canonical-rule.ts";
import { applyEdit, applyEdits } from "#policy/edit/apply-edit.ts";
import { diffProfiles } from "#policy/edit/diff-profiles.ts";
import { parseProfileEdit } from "#policy/edit/parse-profile-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { Rule } from "#policy/rule.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import { commentsOf, EMPTY_SIDECAR, parkedPlaces, type Sidecar } from "#policy/sidecar/sidecar.ts";
import { formatSidecarValue, parseSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import { arbitraryProfileId } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

/** Rules that are told apart by their port. */
function ruleOf(port: number): Rule {
  const rule = parseStoredRule({ action: "allow", protocol: "tcp", dst_ports: [port] });
  if (!rule.ok) throw new Error("the test's rule is invalid");
  return rule.value;
}

const ports = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });
const profile = fc.tuple(arbitraryProfileId(), ports).map(
  ([id, inbound]): Profile => ({
    id,
    tags: { kind: "valid", value: [] },
    rules: { kind: "valid", value: { inbound: inbound.map(ruleOf), outbound: [] } },
    sidecar: { kind: "missing" },
  }),
);

const direction = fc.constant("inbound" as const);
const at = fc.integer({ min: 0, max: 9 });
const rule = fc.integer({ min: 1, max: 40 }).map(ruleOf);
const text = fc.constantFrom("why", "NET-2291", "two\nlines");
const listEdit: fc.Arbitrary<ProfileEdit> = fc.oneof(
  fc.record({ kind: fc.constant("insert-rule" as const), direction, rule, at }),
  fc.record({ kind: fc.constant("move-rule" as const), direction, from: at, to: at }),
  fc.record({ kind: fc.constant("remove-rule" as const), direction, at }),
  ports.map((list): ProfileEdit => ({ kind: "replace-rules", inbound: list.map(ruleOf), outbound: [] })),
);
const besideEdit: fc.Arbitrary<ProfileEdit> = fc.oneof(
  fc.record({ kind: fc.constant("park-rule" as const), direction, at }),
  fc.record({ kind: fc.constant("comment-rule" as const), direction, at, text }),
  fc.record({ kind: fc.constant("restore-rule" as const), direction, rule, at }),
);
const anyEdits = fc.array(fc.oneof(listEdit, besideEdit), { maxLength: 12 });

/** Those edits that can be applied, applied. */
function edited(start: Profile, edits: readonly ProfileEdit[]): Profile {
  return edits.reduce((now, edit) => {
    const next = applyEdit(now, edit);
    return next.ok ? next.value : now;
  }, start);
}

function inboundOf({ rules }: Profile): readonly Rule[] {
  return rules.kind === "valid" ? rules.value.inbound : [];
}

function sidecarOf({ sidecar }: Profile): Sidecar {
  return sidecar?.kind === "valid" ? sidecar.value : EMPTY_SIDECAR;
}

/** Each rule with what is said of it, whatever its place. */
function commentByRule(one: Profile): ReadonlyMap<string, string | undefined> {
  const rules = inboundOf(one);
  const comments = commentsOf(rules, sidecarOf(one).inbound);
  return new Map(rules.map((each, index) => [canonicalKey(each), comments[index]]));
}

describe("what is kept beside the rules", PROPERTY_TIMEOUT, () => {
  it("P60 no edit of it changes the rules value, but for the rule that is parked or restored", () => {
    fc.assert(
      fc.property(profile, anyEdits, (start, edits) => {
        const stripped = edits.flatMap((edit): readonly ProfileEdit[] => (edit.kind === "comment-rule" ? [] : [edit]));
        const text = (one: Profile) => (one.rules.kind === "valid" ? formatRulesValue(one.rules.value) : "");
        expect(text(edited(start, edits))).toBe(text(edited(start, stripped)));
      }),
      runCount(200),
    );
  });

  it("P61 a rule that stays keeps its comment through every order, addition, removal and import", () => {
    fc.assert(
      fc.property(profile, anyEdits, listEdit, (start, edits, edit) => {
        const before = edited(start, edits);
        const after = edited(before, [edit]);
        const said = commentByRule(before);
        for (const [key, comment] of commentByRule(after)) {
          if (said.get(key) !== undefined) expect(comment).toBe(said.get(key));
        }
      }),
      runCount(300),
    );
  });

  it("P61 a changed rule keeps its comment, and one that comes back after an import finds it again", () => {
    fc.assert(
      fc.property(profile, rule, (start, changed) => {
        fc.pre(inboundOf(start).every((one) => canonicalKey(one) !== canonicalKey(changed)));
        const said = edited(start, [{ kind: "comment-rule", direction: "inbound", at: 1, text: "why" }]);
        const after = edited(said, [{ kind: "replace-rule", direction: "inbound", at: 1, rule: changed }]);
        expect(commentByRule(after).get(canonicalKey(changed))).toBe("why");
        const whole: ProfileEdit = { kind: "replace-rules", inbound: inboundOf(start), outbound: [] };
        const gone = edited(said, [{ kind: "replace-rules", inbound: [], outbound: [] }, whole]);
        expect(commentsOf(inboundOf(gone), sidecarOf(gone).inbound)[0]).toBe("why");
      }),
      runCount(100),
    );
  });

  it("P62 a parked rule that is restored at its place stands where it stood, with its comment", () => {
    fc.assert(
      fc.property(profile, anyEdits, fc.nat(), (start, edits, seed) => {
        const before = edited(start, edits);
        const rules = inboundOf(before);
        fc.pre(rules.length > 0);
        const position = (seed % rules.length) + 1;
        const one = rules[position - 1];
        if (one === undefined) return;
        fc.pre(sidecarOf(before).inbound.parked.every((each) => canonicalKey(each.rule) !== canonicalKey(one)));
        const parked = edited(before, [{ kind: "park-rule", direction: "inbound", at: position }]);
        expect(inboundOf(parked)).toHaveLength(rules.length - 1);
        const index = sidecarOf(parked).inbound.parked.findIndex((each) => each.rule === one);
        const place = parkedPlaces(inboundOf(parked), sidecarOf(parked).inbound)[index] ?? -1;
        expect(place).toBe(position - 1);
        const restored = edited(parked, [{ kind: "restore-rule", direction: "inbound", rule: one, at: place + 1 }]);
        expect(inboundOf(restored)).toEqual(rules);
        expect(commentByRule(restored)).toEqual(commentByRule(before));
        expect(sidecarOf(restored).inbound.parked).toEqual(sidecarOf(before).inbound.parked);
      }),
      runCount(300),
    );
  });

  it("P62 a parked rule keeps its neighbours while other rules come, go and move", () => {
    fc.assert(
      fc.property(profile, fc.nat(), listEdit, (start, seed, edit) => {
        const rules = inboundOf(start);
        const position = (seed % rules.length) + 1;
        const parked = edited(start, [{ kind: "park-rule", direction: "inbound", at: position }]);
        const after = edited(parked, [edit]);
        const [place = -1] = parkedPlaces(inboundOf(after), sidecarOf(after).inbound);
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(inboundOf(after).length);
        if (edit.kind !== "insert-rule") return;
        const keys = inboundOf(after).map(canonicalKey);
        const above = new Set(rules.slice(0, position - 1).map(canonicalKey));
        const below = new Set(rules.slice(position).map(canonicalKey));
        expect(keys.slice(place).some((key) => above.has(key))).toBe(false);
        expect(keys.slice(0, place).some((key) => below.has(key))).toBe(false);
      }),
      runCount(300),
    );
  });

  it("P63 its value is read back as it was, and every edit of it passes its own door", () => {
    fc.assert(
      fc.property(profile, anyEdits, (start, edits) => {
        const sidecar = sidecarOf(edited(start, edits));
        const text = formatSidecarValue(sidecar);
        expect(parseSidecarValue(text)).toEqual({ kind: "valid", value: sidecar });
        for (const edit of edits) if (edit.kind !== "insert-rule") expect(parseProfileEdit(edit).ok).toBe(true);
        expect(parseProfileEdit({ kind: "replace-sidecar", sidecar }).ok).toBe(true);
      }),
      runCount(200),
    );
  });

  it("P47 the difference of two profiles leads to the same rules and the same beside them", () => {
    fc.assert(
      fc.property(profile, anyEdits, (start, edits) => {
        const after = edited(start, edits);
        const reached = applyEdits(start, diffProfiles(start, after));
        expect(reached.ok && formatSidecarValue(sidecarOf(reached.value))).toBe(formatSidecarValue(sidecarOf(after)));
        expect(reached.ok && inboundOf(reached.value)).toEqual(inboundOf(after));
      }),
      runCount(200),
    );
  });
});

describe("a comment", () => {
  const comment = (said: unknown) =>
    parseProfileEdit({ kind: "comment-rule", direction: "inbound", at: 1, text: said });

  it.each(["", "why", "Nightly jobs read the replica. NET-2291", "two\nlines", "<b>&amp;</b>", "שלום"])(
    "P64 %j is a comment",
    (said) => expect(comment(said).ok).toBe(true),
  );

  it.each(["a\u202eb", "a\u0000b", "tab\there", "\u2066x", "a\u200bb", "x".repeat(501), "\ud800", 7, null])(
    "P64 %j is none",
    (said) => expect(comment(said).ok).toBe(false),
  );
});

describe("what others wrote beside the rules", () => {
  it.each([
    "",
    "[]",
    "null",
    '{"inbound":[]}',
    '{"inbound":{"comments":{}}}',
    '{"inbound":{"comments":[{"rule":{"action":"nonsense"},"text":"x"}]}}',
    '{"inbound":{"parked":[{"rule":{},"behind":-1}]}}',
    '{"inbound":{"comments":[{"rule":{},"text":"\\u202e"}]}}',
  ])("P65 %j is invalid, and rules are edited all the same", (value) => {
    const sidecar = parseSidecarValue(value);
    expect(sidecar.kind).toBe("invalid");
    const start: Profile = {
      id: "WEB" as Profile["id"],
      tags: { kind: "valid", value: [] },
      rules: { kind: "valid", value: { inbound: [ruleOf(1)], outbound: [] } },
      sidecar,
    };
    const after = applyEdit(start, { kind: "remove-rule", direction: "inbound", at: 1 });
    expect(after).toMatchObject({ ok: true, value: { sidecar: { kind: "invalid", text: value } } });
    const refused = applyEdit(start, { kind: "park-rule", direction: "inbound", at: 1 });
    expect(refused).toEqual({ ok: false, error: { kind: "stored-invalid", leaf: "sidecar" } });
    expect(applyEdit(start, { kind: "replace-sidecar", sidecar: EMPTY_SIDECAR }).ok).toBe(true);
  });

  it("P65 keys of a newer writer are kept", () => {
    const text = '{"later":{"a":1},"inbound":{"comments":[],"parked":[]},"outbound":{"comments":[],"parked":[]}}';
    const read = parseSidecarValue(text);
    expect(read.kind === "valid" && formatSidecarValue(read.value)).toBe(text);
  });
});
