import { isEmpty, subtract } from "#analysis/connections/connection-set.ts";
import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { nodeName, type Reachability } from "#analysis/reach/reachability.ts";
import type { EffectPair } from "#components/drafts/draft-effect.ts";
import { placeName } from "#components/reach/place-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";

/**
 * What the receivers newly let in though the sender does not send it: the opening one might expect and does not get.
 * What closed because the sender stopped sending is no surprise of that kind, so what was open is left out.
 */
export function staysClosed(
  before: Reachability,
  after: Reachability,
  receivers: ReadonlySet<ProfileId>,
): readonly EffectPair[] {
  const oldIndex = new Map(before.nodes.map((node, index) => [nodeName(node), index]));
  const pairs: EffectPair[] = [];
  for (const [toIndex, to] of after.nodes.entries()) {
    if (to.kind !== "profile" || !receivers.has(to.id)) continue;
    const oldTo = oldIndex.get(nodeName(to));
    for (const [fromIndex, from] of after.nodes.entries()) {
      const is = after.relation(fromIndex, toIndex)?.receiverOnly;
      if (from.kind !== "profile" || is === undefined || isEmpty(is)) continue;
      const oldFrom = oldIndex.get(nodeName(from));
      const was = oldFrom === undefined || oldTo === undefined ? undefined : before.relation(oldFrom, oldTo);
      const news = was === undefined ? is : subtract(subtract(is, was.receiverOnly), was.allowed);
      if (!isEmpty(news)) pairs.push({ from: placeName(from), to: placeName(to), what: formatConnectionSet(news) });
    }
  }
  return pairs;
}
