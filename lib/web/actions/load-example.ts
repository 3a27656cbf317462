"use server";

import { createProfile } from "#operations/create-profile.ts";
import type { Profile } from "#policy/profile.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import { ok } from "#prelude/result.ts";
import { runAction } from "#web/http/run-action.ts";
import type { LoadExampleAnswer } from "./answers.ts";

/** The walkthrough's end state: WEB holds the key that APP admits. */
const EXAMPLE = [
  {
    id: "APP",
    tags: ["APP"],
    inbound: [
      { action: "allow", protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" },
      { action: "allow", protocol: "icmp", icmp_type: 8 },
    ],
  },
  {
    id: "WEB",
    tags: ["WEB", "APP_7890"],
    inbound: [
      { action: "allow", protocol: "tcp", dst_ports: [80, 443] },
      { action: "allow", protocol: "icmp", icmp_type: 8 },
    ],
  },
] as const;

/** Creates WEB and APP; one that exists is left as it is. */
export async function loadExampleAction(request: unknown): Promise<LoadExampleAnswer> {
  return runAction(request, {
    parse: () => ok(EXAMPLE.map(exampleProfile)),
    async run(deps, author, profiles) {
      for (const profile of profiles) {
        const created = await createProfile(deps, author, { profileId: profile.id, profile });
        if (!created.ok) return created;
      }
      return ok({ count: profiles.length });
    },
  });
}

function exampleProfile({ id, tags, inbound }: (typeof EXAMPLE)[number]): Profile {
  const profileId = parseProfileId(id);
  if (!profileId.ok) throw new Error("the example has a bad name");
  const rules = { inbound_rules: inbound, outbound_rules: [{ action: "allow" }] };
  return {
    id: profileId.value,
    tags: parseTagsValue(JSON.stringify(tags)),
    rules: parseRulesValue(JSON.stringify(rules)),
  };
}
