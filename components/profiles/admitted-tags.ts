import { canonicalRule } from "#policy/canonical-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { Tag } from "#policy/tag.ts";

/** Tags an inbound rule lets in, in the order of the rules, once each; those the profile holds itself are left out. */
export function admittedTags({ rules, tags }: Profile): readonly Tag[] {
  const held = new Set<Tag>(tags.kind === "valid" ? tags.value : []);
  const admitted = new Set<Tag>();
  for (const rule of rules.kind === "valid" ? rules.value.inbound : []) {
    const { action, src } = canonicalRule(rule);
    if (action === "allow" && src.tag !== undefined && !held.has(src.tag)) admitted.add(src.tag);
  }
  return [...admitted];
}
