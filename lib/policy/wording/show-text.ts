import type { IssuePath } from "#policy/issue.ts";

const MAX_SHOWN = 60;
/** Control, formatting (right-to-left marks) and unassigned characters, line ends: what could disguise a message. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Foreign text in quotes for a message: shortened, and with every character visible. */
export function quoteText(text: string): string {
  const shown = text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
  return `"${showHidden(shown)}"`;
}

/** Foreign text without quotes, for a value whose kind is plain from the sentence. */
export function showHidden(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A path as people write it in code: `inbound_rules[2].dst_ports[0]`. */
export function formatPath(path: IssuePath): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === "number") return `${text}[${segment}]`;
    if (!/^!?[A-Za-z0-9_]{1,60}$/.test(segment)) return `${text}[${quoteText(segment)}]`;
    return text === "" ? segment : `${text}.${segment}`;
  }, "");
}

/** `a`, `a or b`, `a, b or c`. */
export function eitherOf(words: readonly string[]): string {
  const unique = [...new Set(words)];
  const last = unique.at(-1) ?? "";
  return unique.length < 2 ? last : `${unique.slice(0, -1).join(", ")} or ${last}`;
}

/** A count with its thousands apart: 5,242,880. */
export function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
