import type { Finding, RulePlace } from "#analysis/findings/finding.ts";
import { isNearText } from "#analysis/findings/near-text.ts";
import { placeRule } from "#analysis/findings/rule-findings.ts";
import { canonicalRule } from "#policy/canonical-rule.ts";
import { parseStrictRule } from "#policy/parse-strict-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Rule } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import type { Tag } from "#policy/tag.ts";

const TAG_FIELDS = ["src_tag", "!src_tag", "dst_tag", "!dst_tag"] as const;

type Asking = { readonly place: RulePlace; readonly rule: Rule };

/** Tags that rules ask about and nobody holds, those that look misspelt among them, and tags nobody asks about. */
export function tagFindings(snapshot: Snapshot): readonly Finding[] {
  const holders = holdersOf(snapshot);
  const askers = askersOf(snapshot);
  const unheld = [...askers].filter(([tag]) => !holders.has(tag));
  const idle = [...holders].filter(([tag]) => !askers.has(tag));
  return [
    ...unheld.flatMap(([tag, asking]): readonly Finding[] => {
      const meant = [...holders.keys()].filter((held) => isNearText(held, tag)).sort()[0];
      if (meant !== undefined) return asking.map((each) => misspelt(each, tag, meant));
      return [{ kind: "tag-held-by-nobody", tag, rules: asking.map(({ place }) => place), severity: "warning" }];
    }),
    ...idle.map(([tag, profiles]): Finding => {
      const edits = profiles.map((profile) => ({ profile, edit: { kind: "remove-tag", tag } as const }));
      return { kind: "tag-asked-nowhere", tag, holders: profiles, severity: "notice", fix: { edits, isNeutral: true } };
    }),
  ];
}

/** Naming the other tag opens or closes something, so this fix is for a person to judge. */
function misspelt({ place, rule }: Asking, tag: Tag, meant: Tag): Finding {
  const { profile, direction, position } = place;
  const fields = TAG_FIELDS.filter((field) => rule[field] === tag).map((field) => [field, meant]);
  const corrected = parseStrictRule({ ...rule, ...Object.fromEntries(fields) });
  const edit = corrected.ok
    ? ({ kind: "replace-rule", direction, at: position, rule: corrected.value } as const)
    : undefined;
  return {
    kind: "tag-misspelt",
    ...{ ...place, tag, meant, severity: "warning" },
    ...(edit && { fix: { edits: [{ profile, edit }], isNeutral: false } }),
  };
}

function holdersOf({ profiles }: Snapshot): ReadonlyMap<Tag, readonly ProfileId[]> {
  const holders = new Map<Tag, ProfileId[]>();
  for (const { id, tags } of profiles.values()) {
    if (tags.kind !== "valid") continue;
    for (const tag of new Set(tags.value)) addTo(holders, tag, id);
  }
  return new Map([...holders].sort(byName));
}

function askersOf({ profiles }: Snapshot): ReadonlyMap<Tag, readonly Asking[]> {
  const askers = new Map<Tag, Asking[]>();
  for (const profile of profiles.values()) {
    for (const [tag, asking] of askingsOf(profile)) addTo(askers, tag, asking);
  }
  return new Map([...askers].sort(byName));
}

type Askings = readonly (readonly [Tag, Asking])[];

const askingsByProfile = new WeakMap<Profile, Askings>();

function askingsOf(profile: Profile): Askings {
  const known = askingsByProfile.get(profile);
  if (known !== undefined) return known;
  const { id, rules } = profile;
  const found =
    rules.kind !== "valid"
      ? []
      : (["inbound", "outbound"] as const).flatMap((direction) =>
          rules.value[direction].flatMap((rule, index): Askings => {
            const { src, dst } = canonicalRule(rule);
            const tags = new Set([src.tag, src.notTag, dst.tag, dst.notTag].filter((tag) => tag !== undefined));
            if (tags.size === 0) return [];
            const place = placeRule({ profile: id, direction, position: index + 1 }, rule);
            return [...tags].map((tag) => [tag, { place, rule }] as const);
          }),
        );
  askingsByProfile.set(profile, found);
  return found;
}

function addTo<T>(lists: Map<Tag, T[]>, tag: Tag, item: T): void {
  const list = lists.get(tag);
  if (list === undefined) lists.set(tag, [item]);
  else list.push(item);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
