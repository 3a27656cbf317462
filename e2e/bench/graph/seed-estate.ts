import { formatRulesValue } from "#policy/rules-value.ts";
import { formatTagsValue } from "#policy/tags-value.ts";
import { etcdKeys } from "../../support/etcd-keys.ts";
import { randomEstate } from "../analysis/random-estate.ts";

const RULES_PER_PROFILE = 10;
const AT_ONCE = 50;

/** Writes a random estate of so many profiles over whatever is stored; 0 leaves nothing. */
export async function seedEstate(endpoint: string, size: number): Promise<void> {
  await removeProfiles(endpoint);
  if (size === 0) return;
  const keys = etcdKeys(endpoint);
  const writes = [...randomEstate(size, RULES_PER_PROFILE).profiles.values()].flatMap(({ id, tags, rules }) => {
    const base = `/calico/v1/policy/profile/${id}`;
    return tags.kind === "valid" && rules.kind === "valid"
      ? [
          [`${base}/tags`, formatTagsValue(tags.value)] as const,
          [`${base}/rules`, formatRulesValue(rules.value)] as const,
        ]
      : [];
  });
  for (let start = 0; start < writes.length; start += AT_ONCE) {
    await Promise.all(writes.slice(start, start + AT_ONCE).map(([key, value]) => keys.put(key, value)));
  }
}

async function removeProfiles(endpoint: string): Promise<void> {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  const body = JSON.stringify({ key: base64("/calico/v1/policy/"), range_end: base64("/calico/v1/policy0") });
  await fetch(`${endpoint}/v3/kv/deleterange`, { method: "POST", body });
}
