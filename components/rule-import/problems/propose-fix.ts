import type { Issue } from "#policy/issue.ts";

/** A replacement of part of the source. `isCertain` is false where it decides something for the person. */
export type SourceFix = {
  readonly label: string;
  readonly isCertain: boolean;
  readonly offset: number;
  readonly length: number;
  readonly insert: string;
};

/** The text the issues were found in, and the tags that profiles hold today. */
export type FixSource = { readonly text: string; readonly knownTags: ReadonlySet<string> };

/** The one obvious mend of a problem, or nothing: what the writer meant is not guessed. */
export function proposeFix(issue: Issue, source: FixSource): SourceFix | undefined {
  if (issue.kind === "missing-key") return addMissingList(issue.key, issue.path.length, source.text);
  if (issue.at === undefined) return undefined;
  const { offset, length } = issue.at;
  const written = source.text.slice(offset, offset + length);
  const insert = mended(issue, written, source.knownTags);
  if (insert === undefined || insert === written) return undefined;
  return { label: `Use ${labelOf(insert)}`, isCertain: true, offset, length, insert };
}

/** Applies fixes from the end of the text to its start, so that offsets stay true; of two that overlap the later wins. */
export function applyFixes(text: string, fixes: readonly SourceFix[]): string {
  let mendedText = text;
  let untouchedUpTo = text.length;
  for (const fix of [...fixes].sort((a, b) => b.offset - a.offset)) {
    if (fix.offset + fix.length > untouchedUpTo) continue;
    mendedText = mendedText.slice(0, fix.offset) + fix.insert + mendedText.slice(fix.offset + fix.length);
    untouchedUpTo = fix.offset;
  }
  return mendedText;
}

function mended(issue: Issue, written: string, knownTags: ReadonlySet<string>): string | undefined {
  const inner = unquoted(written);
  switch (issue.kind) {
    case "unknown-key":
      return issue.suggestion === undefined ? undefined : quoted(issue.suggestion);
    case "bad-port":
      return mendedPort(inner);
    case "wrong-type":
      return mendedType(issue.path, written);
    case "bad-action":
      return oneOf(inner, ["allow", "deny", "log"]);
    case "bad-protocol":
      return oneOf(inner, ["tcp", "udp", "icmp", "icmpv6", "sctp", "udplite"]);
    case "bad-ip-version":
      return inner === "4" || inner === "6" ? inner : undefined;
    case "bad-icmp":
      return isNumberUpTo(inner, 255) ? inner : undefined;
    case "bad-name":
      return issue.what === "tag" ? mendedTag(inner, knownTags) : undefined;
    default:
      return undefined;
  }
}

/** `"80"` and `"80:80"` mean 80; `"80-90"` is the range the classic tool read. */
function mendedPort(inner: string): string | undefined {
  if (isNumberUpTo(inner, 65_535)) return inner;
  const range = /^(\d{1,5})\s*[:-]\s*(\d{1,5})$/.exec(inner);
  if (range === null) return undefined;
  const [low, high] = [Number(range[1]), Number(range[2])];
  if (low > 65_535 || high > 65_535 || low > high) return undefined;
  return low === high ? String(low) : quoted(`${low}:${high}`);
}

/** A single port where a list belongs, and a number in quotes where a number belongs. */
function mendedType(path: Issue["path"], written: string): string | undefined {
  const field = String(path.at(-1)).replace(/^!/, "");
  const inner = unquoted(written);
  if (field === "src_ports" || field === "dst_ports") {
    const port = mendedPort(inner);
    return port === undefined ? undefined : `[${port}]`;
  }
  if (field === "ip_version") return inner === "4" || inner === "6" ? inner : undefined;
  if (field === "icmp_type" || field === "icmp_code") return isNumberUpTo(inner, 255) ? inner : undefined;
  return undefined;
}

function mendedTag(inner: string, knownTags: ReadonlySet<string>): string | undefined {
  const candidates = [inner.trim(), inner.trim().replace(/\s+/g, "_")];
  const known = candidates.find((candidate) => knownTags.has(candidate));
  return known === undefined ? undefined : quoted(known);
}

function oneOf(inner: string, words: readonly string[]): string | undefined {
  const word = words.find((each) => each === inner.trim().toLowerCase());
  return word === undefined ? undefined : quoted(word);
}

/** A direction that is not in the file: writing `[]` says on purpose that it has no rules. */
function addMissingList(key: string, depth: number, text: string): SourceFix | undefined {
  const end = text.lastIndexOf("}");
  if (depth !== 0 || end < 0 || !key.endsWith("_rules")) return undefined;
  const before = text.slice(0, end).trimEnd();
  const comma = before.endsWith("{") || before.endsWith(",") ? "" : ",";
  const insert = `${comma}\n  ${quoted(key)}: []\n`;
  return { label: `Write ${key} as []`, isCertain: false, offset: before.length, length: end - before.length, insert };
}

function isNumberUpTo(inner: string, max: number): boolean {
  return /^\d{1,5}$/.test(inner) && Number(inner) <= max && String(Number(inner)) === inner;
}

function unquoted(written: string): string {
  return written.replace(/^"|"$/g, "");
}

function quoted(text: string): string {
  return `"${text}"`;
}

function labelOf(insert: string): string {
  return /^"[A-Za-z0-9_.!-]+"$/.test(insert) ? unquoted(insert) : insert;
}
