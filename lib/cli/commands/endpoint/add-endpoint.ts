import { UsageError } from "#cli/argv/usage-error.ts";
import type { Invocation, RunCommand } from "#cli/command.ts";
import { type CommandResult, done } from "#cli/command-result.ts";
import { describeEndpointRefusal } from "#cli/print/describe-endpoint-refusal.ts";
import { type AddEndpointRefusal, addEndpoint } from "#operations/add-endpoint.ts";
import { parseAddress } from "#policy/address.ts";
import { parseCidr } from "#policy/cidr.ts";
import type { EndpointKey } from "#policy/endpoint.ts";
import type { Issue } from "#policy/issue.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";
import { err, ok, type Result } from "#prelude/result.ts";

const DEFAULT_PREFIX = "cali";

/** `endpoint add <ENDPOINT> --host --interface --ip... [--workload] [--orchestrator] [--mac] [--profile...]` */
export const addEndpointCommand: RunCommand = async (invocation, { author, deps }) => {
  const key = endpointKey(invocation);
  const value = endpointValue(invocation);
  if (!value.ok) return value.error;
  const added = await addEndpoint(await deps(), author, { key, value: value.value });
  if (!added.ok) return describeEndpointRefusal(added.error);
  const { endpoint, missingProfiles, sharesInterfaceWith, revision } = added.value;
  const warnings = [
    ...missingProfiles.map((id) => `Profile ${id} does not exist: what reaches it is dropped until it does.`),
    ...sharesInterfaceWith.map((other) => `Interface ${endpoint.name} also belongs to endpoint ${other}.`),
    ...(endpoint.name.startsWith(DEFAULT_PREFIX)
      ? []
      : [`Interface ${endpoint.name} does not begin with ${DEFAULT_PREFIX}: only an agent told so manages it.`]),
  ];
  const json = { endpoint: formatEndpointKey(key), created: true, revision, value: endpoint.stored };
  return done(`Created endpoint ${formatEndpointKey(key)}\n`, json, warnings);
};

function endpointKey({ words, options }: Invocation): EndpointKey {
  const endpoint = words.ENDPOINT?.[0] ?? "";
  return {
    host: text(options.host) ?? "",
    orchestrator: text(options.orchestrator) ?? "manual",
    workload: text(options.workload) ?? endpoint,
    endpoint,
  };
}

function endpointValue({ options }: Invocation): Result<Readonly<Record<string, unknown>>, CommandResult> {
  const nets = { 4: [] as string[], 6: [] as string[] };
  const issues: Issue[] = [];
  for (const ip of list(options.ip)) {
    const cidr = parseCidr(ip);
    const address = parseAddress(ip.split("/")[0] ?? "");
    if (!cidr.ok || !address.ok) issues.push({ kind: "bad-address", found: ip, path: [] });
    // As written, so that a block is refused where every other check is.
    else nets[address.value.family].push(`${address.value.text}/${cidr.value.prefix}`);
  }
  const refusal: AddEndpointRefusal = { kind: "endpoint-invalid", issues };
  if (issues.length > 0) return err(describeEndpointRefusal(refusal));
  const mac = text(options.mac);
  return ok({
    state: "active",
    name: text(options.interface) ?? "",
    ...(mac === undefined ? {} : { mac: mac.toLowerCase() }),
    profile_ids: list(options.profile),
    ipv4_nets: nets[4],
    ipv6_nets: nets[6],
  });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function list(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new UsageError("a list is expected");
  return value.flatMap((item: unknown) => String(item).split(","));
}
