import type { ScopedEdit } from "#analysis/impact/scoped-edit.ts";
import { parseProfileEdit } from "#policy/edit/parse-profile-edit.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { randomNumbers } from "./random-estate.ts";

/** One rule replaced each: by tag, by a new network, for anyone in turn; every fourth is a tag more instead. */
export function randomEdits(snapshot: Snapshot, count: number, seed = 7): readonly ScopedEdit[] {
  const random = randomNumbers(seed);
  const ids = [...snapshot.profiles.keys()];
  return Array.from({ length: count }, (_, index): ScopedEdit => {
    const profile = ids[Math.floor(random() * ids.length)] ?? ids[0];
    if (profile === undefined) throw new Error("no profiles");
    const tag = `T${Math.floor(random() * ids.length)}`;
    const base = { action: "allow", protocol: "tcp", dst_ports: [5000 + index] };
    const criteria = [{ src_tag: tag }, { src_net: `172.16.${index % 256}.0/24` }, {}][index % 3];
    if (index % 4 === 3) return { profile, edit: edit({ kind: "add-tag", tag: `NEW${index}` }) };
    const at = 1 + Math.floor(random() * 8);
    return { profile, edit: edit({ kind: "replace-rule", direction: "inbound", at, rule: { ...base, ...criteria } }) };
  });
}

function edit(value: unknown): ProfileEdit {
  const parsed = parseProfileEdit(value);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}
