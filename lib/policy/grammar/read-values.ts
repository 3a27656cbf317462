import { type RuleReader, setField, takeWord } from "#policy/grammar/rule-reader.ts";
import { parsePortEntry } from "#policy/port-range.ts";

/** A number as a rule stores it; any other text is kept for the check to refuse. */
export function readNumber(text: string): number | string {
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/** A protocol as a rule stores it: its name, or its number. A leading zero is no number here, as in stored text. */
export function readProtocolWord(text: string): number | string {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : text;
}

/** Reads `80,443,7000:7999`; each entry keeps its own place, so that an issue points at it. */
export function readPorts(reader: RuleReader, field: string): void {
  const token = takeWord(reader, "ports");
  if (token === undefined) return;
  const entries = token.text.split(",");
  setField(reader, field, { value: entries.map(readPort), token });
  let offset = token.offset;
  for (const [index, entry] of entries.entries()) {
    reader.places.set(`${field} ${index}`, { offset, length: entry.length });
    offset += entry.length + 1;
  }
}

/** Reads a network as it was typed. */
export function readCidr(reader: RuleReader, field: string): void {
  const token = takeWord(reader, "a CIDR");
  if (token !== undefined) setField(reader, field, { value: token.text, token });
}

function readPort(text: string): number | string {
  const bounds = /^(\d{1,9})[:-](\d{1,9})$/.exec(text);
  if (bounds === null) return readNumber(text);
  const range = `${Number(bounds[1])}:${Number(bounds[2])}`;
  return parsePortEntry(range) === undefined ? text : range;
}
