import { judged } from "#analysis/impact/impact.ts";
import { suggestAccess } from "#analysis/question/suggest-access.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import type { GraphModel } from "../model/graph-model.ts";
import type { Proposal } from "./graph-messages.ts";

type Wanted = { readonly from: string; readonly to: string; readonly what: string };

/** What would open `tcp 7890, 8080`, `icmp` or `all` between two places: the smallest edits, each with all its effects. */
export function proposeAccess(model: GraphModel, { from, to, what }: Wanted): Proposal {
  const [sender, receiver] = [placeOf(model, from), placeOf(model, to)];
  if (sender === undefined) return { kind: "no-such-place", place: from };
  if (receiver === undefined) return { kind: "no-such-place", place: to };
  const rule = parseRule(ruleWords(what));
  if (!rule.ok) return { kind: "bad-ports", issues: rule.error };
  const wanted = formatRule(rule.value).replace(/^allow ?/, "") || "everything";
  const { src, dst } = canonicalRule(rule.value);
  if ((src.tag ?? src.net ?? dst.tag ?? dst.net) !== undefined) {
    return {
      kind: "bad-ports",
      issues: [{ kind: "wrong-type", found: what, expected: "a protocol and ports", path: [] }],
    };
  }
  const before = { ...judged(model.snapshot), reach: model.pairs.reach };
  const suggestions = suggestAccess(before, { from: sender, to: receiver, rule: rule.value });
  if (suggestions === "open-already") return { kind: "open-already", wanted };
  return { kind: "suggestions", suggestions, wanted };
}

/** The words of a rule for what people write in a field for ports. */
function ruleWords(what: string): string {
  const text = what
    .trim()
    .toLowerCase()
    .replace(/\s*,\s*/g, ",")
    .replaceAll("/", " ");
  if (text === "" || text === "all" || text === "everything") return "allow";
  const [, protocol = text, ports = ""] = /^(\S+)\s+([\d,:-]+)$/.exec(text) ?? [];
  if (/^[\d,:-]+$/.test(text)) return `allow tcp to ports ${text.replaceAll("-", ":")}`;
  if (protocol === "icmp" || protocol === "ping") return "allow icmp type 8";
  return ports === "" ? `allow ${text}` : `allow ${protocol} to ports ${ports.replaceAll("-", ":")}`;
}

function placeOf({ pairs, reach }: GraphModel, key: string) {
  return reach.nodes[pairs.indexByKey.get(key) ?? -1];
}
