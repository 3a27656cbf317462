import fc from "fast-check";
import { formatAddress } from "#policy/address.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import type { Family, Rule } from "#policy/rule.ts";
import { parseTag, type Tag } from "#policy/tag.ts";

/**
 * Random values of the model for property tests. Rules use every field in both polarities, every spelling that is
 * legal in storage (numbers as text, nulls, any key order, host bits) and a small stock of names, so that tags meet.
 */
type Fields = Readonly<Record<string, unknown>>;

const NAME_CHARACTERS = [..."ABCabcxyz0189_.-"];
const PORT_PROTOCOLS = ["tcp", "udp", "sctp", "udplite", 6, 17, 33, 132, 136, "6", "17", "33", "132", "136"];
const OTHER_PROTOCOLS = ["icmp", "icmpv6", 1, 58, "1", "58", 47, "47", 2, 255, "255"];

const anyName = fc.oneof(
  fc.constantFrom("WEB", "APP", "DB", "to", "from", "not", "tag", "cidr", "ports", "prefix", "10.0.0.1", "."),
  fc
    .array(fc.constantFrom(...NAME_CHARACTERS), { minLength: 1, maxLength: 12 })
    .map((characters) => characters.join("")),
);

/** A tag. Some look like words of the grammar, which they may. */
export function arbitraryTag(): fc.Arbitrary<Tag> {
  return anyName.map((name) => unwrap(parseTag(name)));
}

/** A profile id. */
export function arbitraryProfileId(): fc.Arbitrary<ProfileId> {
  return anyName.map((name) => unwrap(parseProfileId(name)));
}

/** A network text of one family, with or without prefix length, host bits kept. */
export function arbitraryNetText(family: Family): fc.Arbitrary<string> {
  const width = family === 4 ? 32 : 128;
  const address = fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }).map((value) => formatAddress(family, value));
  const whole = fc.tuple(address, fc.integer({ min: 0, max: width })).map(([text, prefix]) => `${text}/${prefix}`);
  return family === 4 ? fc.oneof(whole, address, fc.constantFrom("10/8", "0.0.0.0/0")) : fc.oneof(whole, address);
}

/** A port list as stored: integers and `lo:hi` texts, sometimes empty. */
export function arbitraryPorts(): fc.Arbitrary<readonly unknown[]> {
  const port = fc.oneof(fc.constantFrom(0, 22, 80, 443, 65535), fc.integer({ min: 0, max: 65535 }));
  const range = fc
    .tuple(fc.integer({ min: 0, max: 65534 }), fc.integer({ min: 1, max: 300 }))
    .map(([lo, width]) => `${lo}:${Math.min(65535, lo + width)}`);
  return fc.array(fc.oneof(port, range), { maxLength: 4 });
}

/** A rule the agent accepts; some contradict themselves or never match, as stored rules may. */
export function arbitraryRule(): fc.Arbitrary<Rule> {
  return arbitraryFields().map((fields) => unwrap(parseStoredRule(fields)));
}

/** A rule our doors accept. */
export function arbitraryStrictRule(): fc.Arbitrary<Rule> {
  return arbitraryFields()
    .map((fields) => parseStrictRule(fields))
    .filter((rule) => rule.ok)
    .map(unwrap);
}

/** A rules value whose lists hold no equal rules by intent, but may by chance. */
export function arbitraryProfileRules(): fc.Arbitrary<ProfileRules> {
  const list = fc.array(arbitraryRule(), { maxLength: 8 });
  return fc.record({ inbound: list, outbound: list });
}

/** A profile with valid tags and rules. */
export function arbitraryProfile(): fc.Arbitrary<Profile> {
  const tags = fc.uniqueArray(arbitraryTag(), { maxLength: 5 });
  return fc
    .tuple(arbitraryProfileId(), tags, arbitraryProfileRules())
    .map(([id, held, rules]) => ({ id, tags: { kind: "valid", value: held }, rules: { kind: "valid", value: rules } }));
}

function arbitraryFields(): fc.Arbitrary<Fields> {
  return fc
    .tuple(fc.constantFrom<Family[]>(4, 6), fc.boolean(), fc.nat())
    .chain(([family, isPortRule, seed]) =>
      fc.tuple(commonFields(family), isPortRule ? portFields() : otherFields(family), fc.constant(seed)),
    )
    .map(([common, specific, seed]) => shuffled({ ...common, ...specific }, seed));
}

function commonFields(family: Family): fc.Arbitrary<Fields> {
  const net = arbitraryNetText(family);
  const side = (name: string) => ({
    [`${name}_tag`]: arbitraryTag(),
    [`!${name}_tag`]: arbitraryTag(),
    [`${name}_net`]: net,
    [`!${name}_net`]: net,
  });
  return sparse({
    action: fc.constantFrom("allow", "deny", "log", "next-tier"),
    ip_version: fc.constant(family),
    log_prefix: fc.oneof(fc.constantFrom("DROP", "my:log-1", "two words", "", "é!", "from"), fc.string()),
    "!protocol": fc.constantFrom(...PORT_PROTOCOLS, ...OTHER_PROTOCOLS),
    ...side("src"),
    ...side("dst"),
  });
}

function portFields(): fc.Arbitrary<Fields> {
  const ports = arbitraryPorts();
  return fc
    .tuple(
      fc.constantFrom(...PORT_PROTOCOLS),
      sparse({ src_ports: ports, "!src_ports": ports, dst_ports: ports, "!dst_ports": ports }),
    )
    .map(([protocol, fields]) => ({ ...fields, protocol }));
}

function otherFields(family: Family): fc.Arbitrary<Fields> {
  // The names are checked against ip_version, the numbers are not (policy-model 1.2).
  const misfit = family === 4 ? "icmpv6" : "icmp";
  const protocol = fc.constantFrom(...OTHER_PROTOCOLS.filter((name) => name !== misfit));
  return fc
    .tuple(sparse({ protocol }), arbitraryIcmp(""), arbitraryIcmp("!"))
    .map(([fields, positive, negated]) => ({ ...fields, ...positive, ...negated }));
}

function arbitraryIcmp(polarity: "" | "!"): fc.Arbitrary<Fields> {
  const number = fc.oneof(fc.constantFrom(0, 3, 8, 255), fc.integer({ min: 0, max: 255 }));
  return fc.oneof(
    fc.constant({}),
    number.map((type) => ({ [`${polarity}icmp_type`]: type })),
    fc
      .tuple(number, number)
      .map(([type, code]) => ({ [`${polarity}icmp_type`]: type, [`${polarity}icmp_code`]: code })),
  );
}

/** Each field present about one time in three, and sometimes null. */
function sparse(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Fields> {
  const entries = Object.entries(fields).map(([field, value]) =>
    fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      { weight: 7, arbitrary: value.map((some) => [field, some] as const) },
      { weight: 1, arbitrary: fc.constant([field, null] as const) },
    ),
  );
  return fc.tuple(...entries).map((some) => Object.fromEntries(some.filter((entry) => entry !== undefined)));
}

/** The same fields in an order that the seed decides. */
function shuffled(fields: Fields, seed: number): Fields {
  const rank = (key: string) =>
    [...key].reduce((sum, character) => (sum * 31 + character.charCodeAt(0) + seed) % 9973, 7);
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => rank(a) - rank(b)));
}

function unwrap<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(`The generator made something invalid: ${JSON.stringify(result.error)}`);
  return result.value;
}
