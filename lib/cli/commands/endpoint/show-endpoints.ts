import type { CommandOptions, RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { formatTable } from "#cli/print/format-table.ts";
import { listEndpoints } from "#operations/list-endpoints.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import type { EndpointEntry, EndpointKey } from "#policy/endpoint.ts";
import { formatEndpointKey } from "#policy/layout/policy-key.ts";

const HEADINGS = ["Hostname", "Orchestrator ID", "Workload ID", "Endpoint ID", "Profiles", "State"];
const DETAILED_HEADINGS = [...HEADINGS.slice(0, 4), "Interface", "MAC", "Addresses", "Profiles", "State"];

/** `endpoint show [--host=H] [--orchestrator=O] [--workload=W] [--endpoint=E] [--detailed]` */
export const showEndpoints: RunCommand = async ({ options }, { deps }) => {
  const endpoints = await listEndpoints(await deps(), filterOf(options));
  const text =
    options.detailed === true
      ? formatTable(DETAILED_HEADINGS, endpoints.map(detailedRow))
      : formatTable(HEADINGS, endpoints.map(row));
  return done(text, { endpoints: endpoints.map(toJson) }, endpoints.flatMap(invalidReasons));
};

function filterOf(options: CommandOptions): Partial<EndpointKey> {
  const parts = ["host", "orchestrator", "workload", "endpoint"] as const;
  return Object.fromEntries(parts.flatMap((part) => (options[part] === undefined ? [] : [[part, options[part]]])));
}

function row({ key, value }: EndpointEntry): readonly string[] {
  const place = [key.host, key.orchestrator, key.workload, key.endpoint];
  if (value.kind !== "valid") return [...place, "", value.kind];
  return [...place, value.value.profileIds.join(","), value.value.state];
}

function detailedRow(entry: EndpointEntry): readonly string[] {
  const { value } = entry;
  const cells = row(entry);
  if (value.kind !== "valid") return [...cells.slice(0, 4), "", "", "", ...cells.slice(4)];
  const { name, mac = "", ipv4Nets, ipv6Nets } = value.value;
  const addresses = [...ipv4Nets, ...ipv6Nets].map(({ addressText }) => addressText).join(",");
  return [...cells.slice(0, 4), name, mac, addresses, ...cells.slice(4)];
}

function toJson({ key, value }: EndpointEntry) {
  return value.kind === "valid" ? { ...key, value: value.value.stored } : { ...key, invalid: value };
}

function invalidReasons({ key, value }: EndpointEntry): readonly string[] {
  if (value.kind !== "invalid") return [];
  return [
    `What is stored for endpoint ${formatEndpointKey(key)} is invalid, so its traffic is dropped:`,
    ...value.issues.map((issue) => `  ${describeIssue(issue)}`),
  ];
}
