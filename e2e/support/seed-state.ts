/** A policy in the form of a state file, as much of it as browser tests write. */
export type SeedState = {
  readonly profiles?: Readonly<Record<string, { readonly tags?: readonly string[]; readonly rules?: object }>>;
  readonly endpoints?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/** The keys and values of a policy, written as other programs write them. */
export function seedEntries({ profiles = {}, endpoints = {} }: SeedState): readonly (readonly [string, object])[] {
  const entries: (readonly [string, object])[] = [];
  for (const [id, { tags, rules }] of Object.entries(profiles)) {
    if (tags !== undefined) entries.push([`/calico/v1/policy/profile/${id}/tags`, tags]);
    if (rules !== undefined) entries.push([`/calico/v1/policy/profile/${id}/rules`, rules]);
  }
  for (const [name, { host = "node-1", orchestrator = "manual", workload = name, ...value }] of Object.entries(
    endpoints,
  )) {
    entries.push([`/calico/v1/host/${host}/workload/${orchestrator}/${workload}/endpoint/${name}`, value]);
  }
  return entries;
}
