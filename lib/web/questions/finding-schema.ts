import * as z from "zod/mini";
import { scopedEditSchema } from "#web/questions/question-schema.ts";

const text = z.string();
const texts = z.array(text);
const position = z.int();
const positions = z.array(position);
const place = { profile: text, direction: z.enum(["inbound", "outbound"]), position, rule: text };
const common = {
  severity: z.enum(["error", "warning", "notice"]),
  fix: z.optional(z.strictObject({ edits: z.array(scopedEditSchema), isNeutral: z.boolean() })),
  message: text,
};

/** A finding with its words; every kind has a proof or a witness probe. */
export const findingSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    ...{ kind: z.literal("rule-never-matches"), ...place, ...common },
    reason: z.enum(["shadowed", "contradiction", "icmp-type-255"]),
    blockedBy: positions,
  }),
  z.strictObject({ kind: z.literal("rule-redundant"), ...place, ...common, coveredBy: positions }),
  z.strictObject({
    ...{ kind: z.literal("open-to-world"), ...place, ...common },
    connections: text,
    witness: z.record(text, z.unknown()),
  }),
  z.strictObject({ kind: z.literal("action-missing"), ...place, ...common }),
  z.strictObject({ kind: z.literal("deny-hides-profiles"), ...place, ...common, hidden: texts, endpoints: texts }),
  z.strictObject({ kind: z.literal("tag-misspelt"), ...place, ...common, tag: text, meant: text }),
  z.strictObject({
    ...{ kind: z.literal("tag-held-by-nobody"), ...common },
    tag: text,
    rules: z.array(z.strictObject(place)),
  }),
  z.strictObject({ kind: z.literal("tag-asked-nowhere"), ...common, tag: text, holders: texts }),
  z.strictObject({ kind: z.literal("profile-unused"), ...common, profile: text }),
  z.strictObject({
    ...{ kind: z.literal("profile-invalid"), ...common, profile: text },
    leaf: z.enum(["tags", "rules"]),
    reason: text,
  }),
  z.strictObject({ kind: z.literal("endpoint-profile-missing"), ...common, profile: text, endpoints: texts }),
  z.strictObject({ kind: z.literal("endpoint-profile-invalid"), ...common, profile: text, endpoints: texts }),
  z.strictObject({ kind: z.literal("endpoint-invalid"), ...common, endpoint: text, reason: text }),
  z.strictObject({ kind: z.literal("address-block"), ...common, endpoint: text, net: text, address: text }),
  z.strictObject({
    ...{ kind: z.literal("not-judged"), ...common, profile: text },
    direction: place.direction,
    maxSteps: z.int(),
  }),
]);
