import type { IssueFact } from "#policy/issue.ts";
import { kindOfValue } from "#policy/rule-fields/json-object.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** The names a rule may use; dccp carries ports too but only its number (33) is legal (policy-model 1.2). */
const NUMBER_BY_NAME: ReadonlyMap<string, number> = new Map([
  ["tcp", 6],
  ["udp", 17],
  ["icmp", 1],
  ["icmpv6", 58],
  ["sctp", 132],
  ["udplite", 136],
]);
const NAME_BY_NUMBER: ReadonlyMap<number, string> = new Map(
  [...NUMBER_BY_NAME].map(([name, number]) => [number, name]),
);
const PORT_PROTOCOLS: ReadonlySet<number> = new Set([6, 17, 33, 132, 136]);
const DECIMAL = /^[1-9]\d{0,2}$/;

export const ICMP = 1;
export const ICMPV6 = 58;

/** The protocol names of the rule grammar, in the order people are offered them. */
export const PROTOCOL_NAMES: readonly string[] = [...NUMBER_BY_NAME.keys()];

/** Accepts a protocol as a name, an integer 1..255 or its decimal text; case and leading zeros matter. */
export function parseProtocol(input: unknown): Result<number, IssueFact> {
  if (typeof input === "string") {
    const number = NUMBER_BY_NAME.get(input) ?? (DECIMAL.test(input) ? Number(input) : 0);
    return number >= 1 && number <= 255 ? ok(number) : err({ kind: "bad-protocol", found: input });
  }
  if (typeof input !== "number") return err({ kind: "wrong-type", found: kindOfValue(input), expected: "a protocol" });
  const isNumber = Number.isInteger(input) && input >= 1 && input <= 255;
  return isNumber ? ok(input) : err({ kind: "bad-protocol", found: String(input) });
}

/** A protocol's name where one exists, else its number. */
export function formatProtocol(protocol: number): string {
  return NAME_BY_NUMBER.get(protocol) ?? String(protocol);
}

/** True for protocols whose packets have ports. */
export function hasPorts(protocol: number): boolean {
  return PORT_PROTOCOLS.has(protocol);
}
