import { type Reachability, reachability } from "#analysis/reach/reachability.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { EMPTY_SNAPSHOT } from "#policy/snapshot-from-entries.ts";
import type { EffectAnswer, EffectRequest } from "./effect-messages.ts";
import { profileEffect } from "./profile-effect.ts";

/** Answers kept for the versions of the profiles at work: the stored one, the draft, a place under the pointer. */
const MAX_KNOWN = 8;

/** Every profile as it is stored is the same policy, whichever one is asked about. */
const AS_STORED = "as stored";

let profiles: ReadonlyMap<ProfileId, Profile> = new Map();
const known = new Map<string, Reachability>();
/** The next answer goes on from one before it: what no edit touched is not asked again. */
let latest: Reachability | undefined;

addEventListener("message", ({ data }: MessageEvent<EffectRequest>) => {
  if (data.kind === "policy") {
    profiles = data.profiles;
    known.clear();
    // Worked out before it is asked for: the first question then answers at once.
    const [any] = profiles.values();
    if (any !== undefined) reachWith(any);
    return;
  }
  const { question, before, after } = data;
  const answer: EffectAnswer = { question, effect: profileEffect(reachWith(before), reachWith(after), after.id) };
  postMessage(answer);
});

function reachWith(profile: Profile): Reachability {
  const stored = profiles.get(profile.id);
  const own = JSON.stringify(profile);
  const key = own === JSON.stringify(stored) ? AS_STORED : own;
  const before = known.get(key);
  if (before !== undefined) return before;
  const next = new Map(profiles).set(profile.id, profile);
  const sorted = new Map([...next].sort(([a], [b]) => (a < b ? -1 : 1)));
  const answer = reachability({ ...EMPTY_SNAPSHOT, profiles: sorted }, known.get(AS_STORED) ?? latest);
  latest = answer;
  if (known.size >= MAX_KNOWN) known.delete(known.keys().next().value ?? "");
  known.set(key, answer);
  return answer;
}
