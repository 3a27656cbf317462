import type { RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { describeEndpointRefusal } from "#cli/print/describe-endpoint-refusal.ts";
import { removeEndpoint } from "#operations/remove-endpoint.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";

/** `endpoint remove <ENDPOINT>` */
export const removeEndpointCommand: RunCommand = async ({ words }, { author, deps }) => {
  const removed = await removeEndpoint(await deps(), author, { name: words.ENDPOINT?.[0] ?? "" });
  if (!removed.ok) return describeEndpointRefusal(removed.error);
  const key = formatEndpointKey(removed.value.key);
  return done(`Deleted endpoint ${key}\n`, { endpoint: key, removed: true, revision: removed.value.revision });
};
