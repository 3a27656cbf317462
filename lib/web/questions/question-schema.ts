import * as z from "zod/mini";

/** Longer than any place there is. */
const MAX_NAME = 1_000;
const MAX_EDITS = 5_000;
const MAX_PORT = 65_535;
const MAX_ICMP = 255;

const text = z.string().check(z.maxLength(MAX_NAME));
const place = text.check(
  z.describe(
    "endpoint:NAME, profile:ID, host:NAME, world, an address, a CIDR, or the bare name of an endpoint or profile",
  ),
);
const port = z.int().check(z.minimum(0), z.maximum(MAX_PORT));
const icmp = z.int().check(z.minimum(0), z.maximum(MAX_ICMP));
const direction = z.enum(["inbound", "outbound"]);
const position = z.int().check(z.minimum(1), z.describe("1-based"));
/** The judge's own parser says what a rule may hold; here it is any object. */
const rule = z.record(z.string(), z.unknown()).check(z.describe("a rule as it is stored"));
const rules = z.array(rule);

/** An edit of one profile, as the journal and the board's drafts write it. */
export const profileEditSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("insert-rule"), direction, rule, at: z.optional(position) }),
  z.strictObject({ kind: z.literal("remove-rule"), direction, at: position }),
  z.strictObject({ kind: z.literal("remove-equal"), direction, rule }),
  z.strictObject({ kind: z.literal("replace-rule"), direction, at: position, rule }),
  z.strictObject({ kind: z.literal("move-rule"), direction, from: position, to: position }),
  z.strictObject({ kind: z.literal("replace-rules"), inbound: rules, outbound: rules }),
  z.strictObject({ kind: z.literal("add-tag"), tag: text }),
  z.strictObject({ kind: z.literal("remove-tag"), tag: text }),
  z.strictObject({ kind: z.literal("replace-tags"), tags: z.array(text) }),
]);

/** An edit and the profile it is about. */
export const scopedEditSchema = z.strictObject({ profile: text, edit: profileEditSchema });

const stateSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("live") }),
  z.strictObject({ kind: z.literal("revision"), revision: z.int().check(z.minimum(1)) }),
  z.strictObject({ kind: z.literal("state"), state: z.record(z.string(), z.unknown()) }),
]);

/** Everything that can be asked. */
export const questionSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("check"),
    from: place,
    to: place,
    ip_version: z.optional(z.union([z.literal(4), z.literal(6)])),
    protocol: z.optional(z.union([text, z.int()])),
    src_port: z.optional(port),
    dst_port: z.optional(port),
    icmp_type: z.optional(icmp),
    icmp_code: z.optional(icmp),
  }),
  z.strictObject({ kind: z.literal("relation"), from: place, to: place }),
  z.strictObject({
    kind: z.literal("graph"),
    deployed: z.optional(z.boolean()),
    from: z.optional(text),
    to: z.optional(text),
  }),
  z.strictObject({ kind: z.literal("findings"), profiles: z.optional(z.array(text)) }),
  z.strictObject({ kind: z.literal("what-if"), edits: z.array(scopedEditSchema).check(z.maxLength(MAX_EDITS)) }),
  z.strictObject({ kind: z.literal("difference"), before: stateSource, after: stateSource }),
]);
