import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Issue, IssueFact, IssuePath } from "#policy/issue.ts";

/** An issue and the characters it is about. */
export type PlacedIssue = Issue & { readonly offset: number; readonly length: number };

const STRICT_JSON = { disallowComments: true, allowTrailingComma: false } as const;

/** Where a text stops being JSON; `fallback` when only the decoder saw it. */
export function syntaxIssues(text: string, fallback: IssueFact): readonly PlacedIssue[] {
  const issues: PlacedIssue[] = [];
  let end = -1;
  for (const { error, offset, length } of readErrors(text)) {
    // What follows at once is the echo of the error before: a bad word is also no value and no comma.
    const isEcho = end >= 0 && text.slice(end, offset).trim() === "";
    end = Math.min(offset + length, text.length);
    const detail = printParseErrorCode(error);
    if (!isEcho) issues.push({ kind: "not-json", detail, path: [], offset, length: end - offset });
  }
  return issues.length > 0 ? issues : [{ ...fallback, path: [], offset: 0, length: 0 }];
}

/** Finds the places of issues in a valid JSON text, and adds one for every repeated key. */
export function locateIssues(text: string, issues: readonly Issue[]): readonly PlacedIssue[] {
  const root = parseTree(text, [], STRICT_JSON);
  if (root === undefined) return issues.map((issue) => ({ ...issue, offset: 0, length: 0 }));
  return [...issues.map((issue) => ({ ...issue, ...placeOf(root, issue) })), ...duplicateKeys(root, [])];
}

function readErrors(text: string): readonly ParseError[] {
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, STRICT_JSON);
  } catch (error) {
    // Recovery from hostile text may still nest without bound; what was found until then stands.
    if (!(error instanceof RangeError)) throw error;
  }
  return errors;
}

function placeOf(root: Node, issue: Issue): { readonly offset: number; readonly length: number } {
  if (issue.kind === "unknown-key") {
    const key = propertyOf(nodeAt(root, issue.path.slice(0, -1)), issue.key)?.children?.[0];
    if (key !== undefined) return { offset: key.offset, length: key.length };
  }
  const node = nodeAt(root, issue.path);
  // A missing key is missing from the whole object; its opening brace is enough to find it.
  return { offset: node.offset, length: issue.kind === "missing-key" ? 1 : node.length };
}

/** The node a path leads to, or the last one on the way. */
function nodeAt(root: Node, path: IssuePath): Node {
  let node = root;
  for (const segment of path) {
    const next = typeof segment === "number" ? node.children?.[segment] : propertyOf(node, segment)?.children?.[1];
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** The last property of that name: the one a decoder keeps. */
function propertyOf(node: Node, name: string): Node | undefined {
  return node.type === "object" ? node.children?.findLast((property) => keyOf(property) === name) : undefined;
}

function keyOf(property: Node): string {
  return String(property.children?.[0]?.value);
}

function duplicateKeys(node: Node, path: IssuePath): readonly PlacedIssue[] {
  const children = node.children ?? [];
  if (node.type === "array") return children.flatMap((child, index) => duplicateKeys(child, [...path, index]));
  if (node.type !== "object") return [];
  const seen = new Set<string>();
  return children.flatMap((property) => {
    const [keyNode, valueNode] = property.children ?? [];
    const key = keyOf(property);
    const isRepeated = seen.has(key);
    seen.add(key);
    const place = { path: [...path, key], offset: keyNode?.offset ?? 0, length: keyNode?.length ?? 0 };
    const inside = valueNode === undefined ? [] : duplicateKeys(valueNode, [...path, key]);
    return isRepeated ? [{ kind: "duplicate-key", key, ...place } as const, ...inside] : inside;
  });
}
