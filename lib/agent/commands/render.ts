import { renderHost } from "#dataplane/desired/render-host.ts";
import type { Family } from "#policy/rule.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import type { PolicyStore } from "#store/policy-store.ts";

/** What the agent would program on a host with the policy as it is now. */
export async function renderNow(
  store: PolicyStore,
  node: { readonly host: string; readonly families: readonly Family[]; readonly interfacePrefix?: string },
): Promise<string> {
  const { entries } = await store.readSnapshot();
  return renderHost(snapshotFromEntries(entries), node);
}
