import type { RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { describeEndpointRefusal } from "#cli/print/describe-endpoint-refusal.ts";
import { formatTable } from "#cli/print/format-table.ts";
import { findEndpoint } from "#operations/find-endpoint.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";

/** `endpoint <ENDPOINT> profile show`: in the order of evaluation, which the classic tool hid by sorting. */
export const showEndpointProfiles: RunCommand = async ({ words }, { deps }) => {
  const found = findEndpoint(await loadSnapshot(await deps()), words.ENDPOINT?.[0] ?? "");
  if (!found.ok) return describeEndpointRefusal(found.error);
  const { key, value } = found.value;
  if (value.kind !== "valid") {
    return describeEndpointRefusal({ kind: "endpoint-invalid", key: formatEndpointKey(key) });
  }
  return done(
    formatTable(
      ["Name"],
      value.value.profileIds.map((id) => [id]),
    ),
    {
      endpoint: formatEndpointKey(key),
      profile_ids: value.value.profileIds,
    },
  );
};
