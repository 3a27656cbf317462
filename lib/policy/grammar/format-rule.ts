import { spellNet } from "#policy/grammar/spell-net.ts";
import { fieldOf, isJsonObject, type JsonObject } from "#policy/rule-fields/json-object.ts";
import { isRuleField, type Polarity } from "#policy/rule-fields/rule-fields.ts";

/**
 * Writes a stored rule as words, valid or not; parseAnyRule reads every valid one back as an equal rule.
 * What is invalid is shown where it would stand, unknown keys at the end as `key=value`.
 */
export function formatRule(rule: Readonly<Record<string, unknown>>): string {
  if (!isJsonObject(rule)) return formatWord(rule);
  const words = [
    formatWord(fieldOf(rule, "action") ?? "allow"),
    ...formatField(rule, "ip_version", (version) => [`ipv${formatWord(version)}`]),
    ...formatPair((polarity) => formatField(rule, `${polarity}protocol`, (protocol) => [formatWord(protocol)])),
    ...formatPair((polarity) => formatIcmp(rule, polarity)),
    ...formatSide(rule, { word: "from", side: "src" }),
    ...formatSide(rule, { word: "to", side: "dst" }),
    ...formatField(rule, "log_prefix", formatPrefix),
    ...formatUnknownKeys(rule),
  ];
  return words.join(" ");
}

type Words = readonly string[];

function formatField(rule: JsonObject, field: string, format: (value: unknown) => Words): Words {
  const value = fieldOf(rule, field);
  return value === undefined ? [] : format(value);
}

/** The positive form, then the negated one with `not` before it. */
function formatPair(format: (polarity: Polarity) => Words): Words {
  const negated = format("!");
  return [...format(""), ...(negated.length > 0 ? ["not", ...negated] : [])];
}

function formatIcmp(rule: JsonObject, polarity: Polarity): Words {
  return [
    ...formatField(rule, `${polarity}icmp_type`, (type) => ["type", formatWord(type)]),
    ...formatField(rule, `${polarity}icmp_code`, (code) => ["code", formatWord(code)]),
  ];
}

function formatSide(rule: JsonObject, { word, side }: { readonly word: string; readonly side: string }): Words {
  const words = [
    ...formatPair((polarity) => formatField(rule, `${polarity}${side}_ports`, formatPortList)),
    ...formatPair((polarity) => formatField(rule, `${polarity}${side}_tag`, (tag) => ["tag", formatWord(tag)])),
    ...formatPair((polarity) => formatField(rule, `${polarity}${side}_net`, formatCidr)),
  ];
  return words.length === 0 ? [] : [word, ...words];
}

/** In stored order. An empty list adds no criterion and is not written. */
function formatPortList(value: unknown): Words {
  if (!Array.isArray(value)) return ["ports", formatWord(value)];
  return value.length === 0 ? [] : ["ports", value.map(formatWord).join(",")];
}

function formatCidr(value: unknown): Words {
  return ["cidr", formatWord(spellNet(value))];
}

/** One word, so that it can be read back: blanks become `_`, as they do in the kernel's log. */
function formatPrefix(value: unknown): Words {
  if (value === "") return [];
  return ["prefix", typeof value === "string" ? value.replace(/[^!-~]/gu, "_") : formatWord(value)];
}

function formatUnknownKeys(rule: JsonObject): Words {
  return Object.keys(rule)
    .filter((key) => !isRuleField(key) && fieldOf(rule, key) !== undefined)
    .map((key) => `${formatWord(key)}=${formatWord(fieldOf(rule, key))}`);
}

/** A value as one visible word; text with blanks or invisible characters is quoted and escaped. */
function formatWord(value: unknown): string {
  if (typeof value === "string") return /^[!-~]+$/.test(value) ? value : quote(value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(formatShallow).join(",")}]`;
  return isJsonObject(value) ? "{...}" : quote(String(typeof value));
}

/** Nesting is cut off, so that no value can be too deep to print. */
function formatShallow(value: unknown): string {
  return Array.isArray(value) ? "[...]" : formatWord(value);
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}
