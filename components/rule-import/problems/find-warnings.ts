import { getNodeValue, type Node, parseTree } from "jsonc-parser";
import { canonicalKey } from "#policy/canonical-rule.ts";
import type { ImportPart } from "#policy/json/parse-import-json.ts";
import { textPlaces } from "#policy/json/text-places.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import { RULES_KEYS } from "#policy/rule-fields/rule-fields.ts";
import type { ImportWarning } from "./import-warning.ts";

/** More than anyone looks at one by one. */
const MAX_WARNINGS = 200;
/** A longer file was written by a program, and nobody reads it rule by rule; its errors are all found. */
const MAX_LENGTH = 1_000_000;
const LIST_KEYS: readonly string[] = Object.values(RULES_KEYS);
const TAG_FIELDS: readonly string[] = ["src_tag", "dst_tag", "!src_tag", "!dst_tag"];

export type WarningSource = {
  readonly text: string;
  readonly parts: readonly ImportPart[];
  /** Tags that profiles hold today. */
  readonly knownTags: ReadonlySet<string>;
};

/** What is legal in a file and yet likely not meant, in the order of the text; rules with errors are looked at too. */
export function findWarnings({ text, parts, knownTags }: WarningSource): readonly ImportWarning[] {
  if (text.length > MAX_LENGTH) return [];
  const root = parseTree(text.replace(/^\uFEFF/, " "));
  if (root === undefined) return [];
  const held = new Set([...knownTags, ...parts.flatMap(({ tags, id }) => [...(tags ?? []), ...(id ? [id] : [])])]);
  const rangeAt = textPlaces(text);
  const warnings: ImportWarning[] = [];
  for (const list of ruleLists(root)) {
    const firstLines = new Map<string, number>();
    for (const node of list) {
      if (node.type !== "object") continue;
      const at = rangeAt(node.offset, 1);
      const rule = parseStrictRule(getNodeValue(node));
      if (!namesAction(node)) warnings.push({ kind: "no-action", at });
      const key = rule.ok ? canonicalKey(rule.value) : undefined;
      const firstLine = key === undefined ? undefined : firstLines.get(key);
      if (firstLine !== undefined) warnings.push({ kind: "said-twice", at, firstLine });
      else if (key !== undefined) firstLines.set(key, at.line);
      for (const { tag, offset, length } of rule.ok ? unheldTags(node, held) : []) {
        warnings.push({ kind: "tag-not-held", tag, at: rangeAt(offset, length) });
      }
    }
  }
  return warnings.sort((a, b) => a.at.offset - b.at.offset).slice(0, MAX_WARNINGS);
}

/** The entries of every list of rules, wherever in the document it stands. */
function ruleLists(node: Node): readonly (readonly Node[])[] {
  return (node.children ?? []).flatMap((child) => {
    if (child.type !== "property") return ruleLists(child);
    const [key, value] = child.children ?? [];
    if (value === undefined) return [];
    return LIST_KEYS.includes(String(key?.value)) && value.type === "array" ? [value.children ?? []] : ruleLists(value);
  });
}

function namesAction(node: Node): boolean {
  return (node.children ?? []).some(
    ({ children }) => children?.[0]?.value === "action" && children[1] !== undefined && children[1].value !== null,
  );
}

function unheldTags(node: Node, held: ReadonlySet<string>) {
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    const tag: unknown = value?.value;
    if (value === undefined || !TAG_FIELDS.includes(String(key?.value)) || typeof tag !== "string") return [];
    return held.has(tag) ? [] : [{ tag, offset: value.offset, length: value.length }];
  });
}
