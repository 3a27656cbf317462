import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseAnyRule } from "#policy/grammar/parse-rule.ts";
import { arbitraryRule } from "#testing/arbitraries.ts";
import { PROPERTY_TIMEOUT, runCount } from "#testing/run-count.ts";

/** The grammar as the document writes it: one rule a line, alternatives, optional parts, words in quotes. */
type Grammar = ReadonlyMap<string, readonly (readonly Part[])[]>;
type Part =
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "optional"; readonly parts: readonly Part[] };

type Terminal = { readonly samples: readonly string[]; readonly pattern: RegExp };

const TERMINALS: ReadonlyMap<string, Terminal> = new Map<string, Terminal>([
  ["PROTO", { samples: ["tcp", "udp", "icmp", "icmpv6", "sctp", "udplite", "47"], pattern: /^(?:[a-z]+6?|\d+)$/ }],
  ["NUM", { samples: ["0", "8", "128"], pattern: /^\d+$/ }],
  ["PORTS", { samples: ["80", "80,443", "1:2,7-9"], pattern: /^\d+(?::\d+)?(?:,\d+(?::\d+)?)*$/ }],
  ["TAG", { samples: ["A", "to", "not", "cidr"], pattern: /^[A-Za-z0-9_.-]+$/ }],
  ["CIDR", { samples: ["10.0.0.0/8", "10/8", "10.0.0.1", "fd00::/8", "::1"], pattern: /^[0-9a-f:.]+\/\d+$/ }],
  ["WORD", { samples: ["X", "from"], pattern: /^\S+$/ }],
]);

const grammar = readGrammar();

describe("the grammar in the document", PROPERTY_TIMEOUT, () => {
  it("P16 is all read: no sentence it makes has a word out of place", () => {
    fc.assert(
      fc.property(sentences("rule"), (words) => {
        const parsed = parseAnyRule(words);
        const kinds = parsed.ok ? [] : parsed.error.map(({ kind }) => kind);
        expect(kinds).not.toContain("unexpected-word");
        expect(kinds).not.toContain("unexpected-end");
      }),
      runCount(500),
    );
  });

  it("P16 is all there is: every rule is printed as a sentence of it", () => {
    fc.assert(
      fc.property(arbitraryRule(), (rule) => {
        const words = formatRule(rule).split(" ");
        expect(matchName("rule", words, 0)).toContain(words.length);
      }),
      runCount(500),
    );
  });
});

function readGrammar(): Grammar {
  const document = readFileSync(fileURLToPath(new URL("../README.md", import.meta.url)), "utf8");
  const block = /<!-- grammar -->\n```\n(.*?)```\n<!-- \/grammar -->/s.exec(document)?.[1] ?? "";
  return new Map(
    block
      .trim()
      .split("\n")
      .map((line) => {
        const [name = "", body = ""] = line.split(/\s+=\s+/);
        return [name, body.split(" | ").map((alternative) => readParts(alternative.trim().split(/\s+/)))];
      }),
  );
}

function readParts(tokens: readonly string[]): readonly Part[] {
  const stack: Part[][] = [[]];
  for (const token of tokens) {
    if (token === "[") stack.push([]);
    else if (token === "]") {
      const parts = stack.pop() ?? [];
      stack.at(-1)?.push({ kind: "optional", parts });
    } else if (token.startsWith('"')) stack.at(-1)?.push({ kind: "word", text: token.slice(1, -1) });
    else stack.at(-1)?.push({ kind: "name", name: token });
  }
  return stack[0] ?? [];
}

function sentences(name: string): fc.Arbitrary<readonly string[]> {
  const terminal = TERMINALS.get(name);
  if (terminal !== undefined) return fc.constantFrom(...terminal.samples).map((word) => [word]);
  const alternatives = grammar.get(name);
  if (alternatives === undefined) throw new Error(`The grammar does not define ${name}`);
  return fc.oneof(...alternatives.map(sequences));
}

function sequences(parts: readonly Part[]): fc.Arbitrary<readonly string[]> {
  return fc.tuple(...parts.map(partSentences)).map((pieces) => pieces.flat());
}

function partSentences(part: Part): fc.Arbitrary<readonly string[]> {
  if (part.kind === "word") return fc.constant([part.text]);
  if (part.kind === "name") return sentences(part.name);
  return fc.oneof(fc.constant([]), sequences(part.parts));
}

/** Every place at which a phrase that starts at `from` can end. */
function matchName(name: string, words: readonly string[], from: number): readonly number[] {
  const terminal = TERMINALS.get(name);
  if (terminal !== undefined) return terminal.pattern.test(words[from] ?? "") ? [from + 1] : [];
  const ends = (grammar.get(name) ?? []).flatMap((parts) => matchParts(parts, words, from));
  return [...new Set(ends)];
}

function matchParts(parts: readonly Part[], words: readonly string[], from: number): readonly number[] {
  return parts.reduce<readonly number[]>(
    (ends, part) => [...new Set(ends.flatMap((end) => matchPart(part, words, end)))],
    [from],
  );
}

function matchPart(part: Part, words: readonly string[], from: number): readonly number[] {
  if (part.kind === "word") return words[from] === part.text ? [from + 1] : [];
  if (part.kind === "name") return matchName(part.name, words, from);
  return [from, ...matchParts(part.parts, words, from)];
}
