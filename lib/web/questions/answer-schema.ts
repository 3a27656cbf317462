import * as z from "zod/mini";
import { findingSchema } from "#web/questions/finding-schema.ts";
import { scopedEditSchema } from "#web/questions/question-schema.ts";

const text = z.string();
const revision = z.int().check(z.minimum(0));
const verdict = z.enum(["allow", "deny"]);
const connections = text.check(z.describe("a connection set in words: tcp 80,443; icmp type 8"));
const pairs = z.array(z.strictObject({ from: text, to: text, connections }));
const failed = z.array(z.strictObject({ field: text, wanted: text, found: text }));
const ruleAt = { profile: text, position: z.int(), rule: text };

const nearestRule = z.strictObject({ ...ruleAt, failed, because: z.array(text) });

const side = z.strictObject({
  verdict,
  direction: z.enum(["inbound", "outbound"]),
  profile: z.optional(text),
  position: z.optional(z.int()),
  rule: z.optional(text),
  reason: z.optional(text.check(z.describe("why no rule decided"))),
  nearest: z.optional(nearestRule),
  trace: z.array(z.strictObject({ ...ruleAt, outcome: text, failed })),
});

const decision = z.union([z.strictObject(ruleAt), z.strictObject({ reason: text, profile: z.optional(text) })]);
const piece = { connections, sender: decision, receiver: decision };

const witnessed = {
  witness: z.optional(z.record(text, z.unknown()).check(z.describe("a packet of the piece, as a policy test's probe"))),
  nearest: z.optional(z.strictObject({ sender: z.optional(nearestRule), receiver: z.optional(nearestRule) })),
};

const impact = {
  opened: pairs,
  closed: pairs,
  findings_gained: z.array(findingSchema),
  findings_lost: z.array(findingSchema),
};

/** Everything that can be answered. */
export const answerSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    ...{ kind: z.literal("check"), revision, verdict },
    ip_version: z.union([z.literal(4), z.literal(6)]),
    sender: side,
    receiver: side,
    depends_on: z.optional(z.array(z.strictObject({ from: z.optional(text), to: z.optional(text), verdict }))),
    suggestions: z.optional(
      z.array(z.strictObject({ edits: z.array(scopedEditSchema), summary: text, opened: pairs, closed: pairs })),
    ),
  }),
  z.strictObject({
    ...{ kind: z.literal("relation"), revision },
    allowed: connections,
    sender_only: connections,
    receiver_only: connections,
    pieces: z.array(z.strictObject({ verdict, ...piece, ...witnessed })),
    depends_on: z.array(z.strictObject({ end: z.enum(["from", "to"]), cidr: text, allowed: connections })),
  }),
  z.strictObject({
    ...{ kind: z.literal("graph"), revision },
    nodes: z.array(
      z.strictObject({
        name: text,
        kind: z.enum(["world", "cidr", "profile", "profiles"]),
        rules: z.optional(text),
        profiles: z.optional(z.array(text)),
        endpoints: z.optional(z.int()),
      }),
    ),
    allowed: z.array(z.strictObject({ from: text, to: text, connections, pieces: z.array(z.strictObject(piece)) })),
    half_open: z.array(z.strictObject({ from: text, to: text, sender_only: connections, receiver_only: connections })),
  }),
  z.strictObject({ kind: z.literal("findings"), revision, findings: z.array(findingSchema) }),
  z.strictObject({ kind: z.literal("what-if"), revision, ...impact }),
  z.strictObject({ kind: z.literal("difference"), revision, ...impact }),
]);

/** Why there is no answer. */
export const refusalSchema = z.object({
  kind: text,
  detail: text.check(z.describe("the reason in words")),
});
