import type { KnownIntent, NewlyBroken } from "#analysis/intents/broken-intents.ts";
import type { Deps } from "#operations/deps.ts";
import { formatEndpointValue } from "#policy/endpoint-value.ts";
import { parseIntentValue } from "#policy/intent/intent-value.ts";
import { intentIdOf } from "#policy/layout/intent-key.ts";
import { endpointKeyPath, profileRulesKey, profileTagsKey } from "#policy/layout/policy-key.ts";
import type { Leaf } from "#policy/profile.ts";
import { formatRulesValue } from "#policy/rules-value.ts";
import type { StoredEntry } from "#policy/snapshot.ts";
import { applyChanges, type EntryChange, snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { formatTagsValue } from "#policy/tags-value.ts";
import { assertNever } from "#prelude/assert-never.ts";
import type { PolicyWrite } from "#store/policy-store.ts";

/** Nothing was written: intents that hold now would not hold any more. All of them, acknowledged ones too. */
export type BreaksIntents = { readonly kind: "breaks-intents"; readonly intents: readonly NewlyBroken[] };

/**
 * The intents that hold now and would not after the writes. Without intents this costs one small read; the judge is
 * loaded when there are some. Somebody else's write in the same moment is not seen: the board's watch finds what both
 * break together.
 */
export async function intentsBrokenBy(deps: Deps, writes: readonly PolicyWrite[]): Promise<readonly NewlyBroken[]> {
  if (writes.every(({ kind }) => kind === "intent")) return [];
  const intents = knownIntents((await deps.store.readIntents()).entries);
  if (intents.length === 0) return [];
  const { entries } = await deps.store.readSnapshot();
  const changes = writes.flatMap(changesOf);
  const revisionByKey = new Map(entries.map(({ key, modRevision }) => [key, modRevision]));
  // A write on something older is a conflict, which the store tells; what it would break does not matter.
  if (changes.some(({ key, modRevision }) => (revisionByKey.get(key) ?? 0) !== modRevision)) return [];
  const { newlyBroken } = await import("#analysis/intents/broken-intents.ts");
  const before = snapshotFromEntries(entries);
  return newlyBroken(before, applyChanges(before, changes), intents);
}

/** The stored intents that can be read, in the order of their keys. */
export function knownIntents(entries: readonly StoredEntry[]): readonly KnownIntent[] {
  return entries.flatMap(({ key, value }) => {
    const [id, leaf] = [intentIdOf(key), parseIntentValue(value)];
    return id === undefined || leaf.kind !== "valid" ? [] : [{ id, intent: leaf.value }];
  });
}

/** What a write leaves under its keys, with the revision that it was made on. */
function changesOf(write: PolicyWrite): readonly EntryChange[] {
  switch (write.kind) {
    case "profile": {
      const { id, base, after } = write;
      return [
        { key: profileTagsKey(id), modRevision: base.tags, ...leafValue(after?.tags, formatTagsValue) },
        { key: profileRulesKey(id), modRevision: base.rules, ...leafValue(after?.rules, formatRulesValue) },
      ];
    }
    case "endpoint": {
      const { key, base, after } = write;
      const value = after === undefined ? {} : { value: formatEndpointValue(after) };
      return [{ key: endpointKeyPath(key), modRevision: base, ...value }];
    }
    case "setting": {
      const { key, base, after } = write;
      return [{ key, modRevision: base, ...(after === undefined ? {} : { value: after }) }];
    }
    case "intent":
      return [];
    default:
      return assertNever(write);
  }
}

function leafValue<T>(leaf: Leaf<T> | undefined, format: (value: T) => string): Pick<EntryChange, "value"> {
  if (leaf === undefined || leaf.kind === "missing") return {};
  return { value: leaf.kind === "valid" ? format(leaf.value) : leaf.text };
}
