import { isNearText } from "#analysis/findings/near-text.ts";
import { formatPlace } from "#analysis/question/format-place.ts";
import { type AskedPlace, type PlaceProblem, parsePlace } from "#analysis/question/parse-place.ts";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import {
  formatTraffic,
  parseTrafficText,
  unexpected,
  type Word,
  type WordProblem,
  wordsOf,
} from "#analysis/question/reach/traffic-text.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** Why a text is no question, and the characters it is about (offset from 0); worded by describe-reach-problem.ts. */
export type ReachTextProblem =
  | WordProblem
  | { readonly fact: UnknownPlace; readonly offset: number; readonly length: number };

/** A place nobody knows, and the name that was likely meant. */
export type UnknownPlace = PlaceProblem & { readonly suggestion?: string };

const OPENERS: ReadonlySet<string> = new Set(["can", "may", "does", "could", "is", "the", "check", "ask", "from"]);
const VERBS: ReadonlySet<string> = new Set(["reach", "to", "access", "ping", "->", "→", ">"]);
const VERBS_BEFORE_TO: ReadonlySet<string> = new Set(["talk", "connect", "speak", "get", "send"]);
const JOINTS: ReadonlySet<string> = new Set(["on", "over", "via", "with", "using", "by", "at"]);
const WORLD: ReadonlySet<string> = new Set(["anywhere", "anyone", "anybody", "internet", "outside"]);
const KINDS: ReadonlySet<string> = new Set(["profile", "endpoint", "host", "address"]);

/**
 * Reads "can web reach app 7890", "WEB -> APP tcp/7890", "anywhere to 10.0.0.1 ping". Names may be typed in any case
 * where that leaves one. The answer names its places so that they mean the same in any state (`profile:WEB`).
 */
export function parseReachText(text: string, snapshot: Snapshot): Result<ReachQuestion, ReachTextProblem> {
  const words = wordsOf(text.replace(/\?\s*$/, " "));
  const end = text.trimEnd().length;
  const start = skip(words, 0, OPENERS);
  const from = readPlace(words, start, { snapshot, end });
  if (!from.ok) return from;
  const verb = words[from.value.next];
  const verbText = verb?.text.toLowerCase() ?? "";
  const isTwoWords = VERBS_BEFORE_TO.has(verbText) && words[from.value.next + 1]?.text.toLowerCase() === "to";
  if (!VERBS.has(verbText) && !isTwoWords) {
    return err(unexpected(verb, "reach, then the place it is sent to", end));
  }
  const afterVerb = skip(words, from.value.next + (isTwoWords ? 2 : 1), THE);
  const to = readPlace(words, afterVerb, { snapshot, end });
  if (!to.ok) return to;
  const rest = words.slice(skip(words, to.value.next, JOINTS));
  const isPing = verbText === "ping" && rest.length === 0 && verb !== undefined;
  const traffic = parseTrafficText(isPing ? [verb] : rest);
  if (!traffic.ok) return traffic;
  return ok({ from: formatPlace(from.value.place), to: formatPlace(to.value.place), traffic: traffic.value });
}

/** The text that asks the same, in one spelling. */
export function formatReachText({ from, to, traffic }: ReachQuestion): string {
  const on = formatTraffic(traffic);
  return `can ${from} reach ${to}${on === "" ? "" : ` on ${on}`}`;
}

const THE: ReadonlySet<string> = new Set(["the"]);

type Reading = { readonly snapshot: Snapshot; readonly end: number };
type Placed = { readonly place: AskedPlace; readonly next: number };

function skip(words: readonly Word[], start: number, fillers: ReadonlySet<string>): number {
  let next = start;
  while (fillers.has(words[next]?.text.toLowerCase() ?? "")) next += 1;
  return next;
}

function readPlace(words: readonly Word[], at: number, { snapshot, end }: Reading): Result<Placed, ReachTextProblem> {
  const [word, follower] = [words[at], words[at + 1]];
  if (word === undefined) return err(unexpected(undefined, "a profile, an endpoint, an address or anywhere", end));
  const kind = word.text.toLowerCase();
  // A profile may be called "host": only with a name behind it that is no verb is it the kind.
  const isKind = KINDS.has(kind) && follower !== undefined && !VERBS.has(follower.text.toLowerCase());
  const name = isKind ? follower : word;
  const text = isKind && kind !== "address" ? `${kind}:${follower.text}` : name.text;
  const place = findPlace(text, snapshot);
  if (place.ok) return ok({ place: place.value, next: at + (isKind ? 2 : 1) });
  return err({ fact: place.error, offset: name.offset, length: name.text.length });
}

/** The place of that name, or the only one that differs in case alone. */
function findPlace(text: string, snapshot: Snapshot): Result<AskedPlace, UnknownPlace> {
  const exact = parsePlace(text, snapshot);
  if (exact.ok || (exact.error.kind !== "unknown-place" && exact.error.kind !== "unknown-profile")) return exact;
  const name = exact.error.kind === "unknown-place" ? exact.error.text : exact.error.id;
  if (WORLD.has(name.toLowerCase())) return ok({ kind: "world" });
  const known = [...snapshot.profiles.keys(), ...[...snapshot.endpoints.values()].map(({ key }) => key.endpoint)];
  const [only, another] = new Set(known.filter((each) => each.toLowerCase() === name.toLowerCase()));
  if (only !== undefined && another === undefined) return parsePlace(only, snapshot);
  const suggestion = known.find((each) => isNearText(each.toLowerCase(), name.toLowerCase()));
  return err({ ...exact.error, ...(suggestion === undefined ? {} : { suggestion }) });
}
