import { parseRule } from "#policy/grammar/parse-rule.ts";
import { PROTOCOL_NAMES } from "#policy/protocol.ts";

/** Names that can be offered where the grammar asks for one. */
export type KnownWords = { readonly tags: readonly string[]; readonly ports: readonly string[] };

/** A word that no place of the grammar takes, so that the parser says what could stand there. */
const NO_WORD = "?";

/**
 * What may stand at the end of a beginning of a rule, as the parser says it: whole texts that go on from it, in the order
 * of the grammar, names sorted as given. A beginning that is already wrong has none.
 */
export function completeRule(text: string, known: KnownWords): readonly string[] {
  const begun = /\S*$/.exec(text)?.[0] ?? "";
  const before = text.slice(0, text.length - begun.length);
  const lists = begun.lastIndexOf(",") + 1;
  const [kept, word] = [begun.slice(0, lists), begun.slice(lists)];
  return expectedAfter(before, known)
    .filter((each) => each !== word && each.toLowerCase().startsWith(word.toLowerCase()))
    .map((each) => `${before}${kept}${each}`);
}

function expectedAfter(before: string, { tags, ports }: KnownWords): readonly string[] {
  const previous = /(\S+)\s*$/.exec(before)?.[1];
  if (previous === "tag" && isAskedFor(before, "a tag")) return tags;
  if (previous === "ports" && isAskedFor(before, "ports")) return ports;
  const read = parseRule(`${before}${NO_WORD}`);
  if (read.ok) return [];
  const issue = read.error.find(({ kind }) => kind === "unexpected-word");
  if (issue?.kind !== "unexpected-word" || issue.at?.offset !== before.length) return [];
  return issue.expected.flatMap((word) => wordsFor(word));
}

function isAskedFor(before: string, what: string): boolean {
  const read = parseRule(before);
  return !read.ok && read.error.some((issue) => issue.kind === "unexpected-end" && issue.expected.includes(what));
}

/** Placeholders of the grammar stand for words a person types by hand. */
function wordsFor(expected: string): readonly string[] {
  if (expected === "not PROTOCOL") return PROTOCOL_NAMES.map((name) => `not ${name}`);
  return /^[a-z][a-z0-9 -]*$/.test(expected) ? [expected] : [];
}
