/** Criteria that exist in a positive and a negated (`!`) form, in the order rule text names them. */
export const NEGATABLE_FIELDS = [
  "protocol",
  "icmp_type",
  "icmp_code",
  "src_ports",
  "src_tag",
  "src_net",
  "dst_ports",
  "dst_tag",
  "dst_net",
] as const;

/** Every legal key of a stored rule, in canonical order (policy-model 1.2; selectors are unknown to us). */
export const RULE_FIELDS: readonly string[] = [
  "action",
  "ip_version",
  ...NEGATABLE_FIELDS.flatMap((field) => [field, `!${field}`]),
  "log_prefix",
];

const KNOWN: ReadonlySet<string> = new Set(RULE_FIELDS);

/** True for a key a stored rule may have. */
export function isRuleField(key: string): boolean {
  return KNOWN.has(key);
}

export const POLARITIES = ["", "!"] as const;
export type Polarity = (typeof POLARITIES)[number];

/** The two directions' keys in a rules object. */
export const RULES_KEYS = { inbound: "inbound_rules", outbound: "outbound_rules" } as const;
