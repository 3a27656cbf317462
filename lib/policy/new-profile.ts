import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Rule } from "#policy/rule.ts";
import { parseTag } from "#policy/tag.ts";

/** What `profile add X` writes: tags [X], inbound allow from tag X, outbound allow (policy-model 2.4). */
export function newProfile(id: ProfileId): Profile {
  return {
    id,
    tags: { kind: "valid", value: [ownTag(id)] },
    rules: {
      kind: "valid",
      value: { inbound: [knownRule({ action: "allow", src_tag: id })], outbound: [knownRule({ action: "allow" })] },
    },
  };
}

function ownTag(id: ProfileId) {
  const tag = parseTag(id);
  if (!tag.ok) throw new Error(`A profile id is always a tag name, but ${id} is not`);
  return tag.value;
}

function knownRule(value: Readonly<Record<string, unknown>>): Rule {
  const rule = parseStoredRule(value);
  if (!rule.ok) throw new Error(`A default rule is invalid: ${JSON.stringify(rule.error)}`);
  return rule.value;
}
