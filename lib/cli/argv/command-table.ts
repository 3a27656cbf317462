import type { OptionName } from "#cli/argv/option-table.ts";
import type { RunCommand } from "#cli/command.ts";

/**
 * One leaf of the command line. `pattern` is its usage: a plain word stands for itself, `a|b` for one of two,
 * `<NAME>` for one word, `<NAME...>` for at least one and `[NAME...]` for any number.
 */
export type CommandSpec = {
  readonly pattern: string;
  readonly summary: string;
  readonly options: readonly OptionName[];
  readonly required?: readonly OptionName[];
  /** The code of a command is loaded when it runs: starting must stay cheap. */
  readonly load: () => Promise<RunCommand>;
};

const READS: readonly OptionName[] = ["json", "state"];
const WRITES: readonly OptionName[] = ["json", "note", "as"];
const ENDPOINT_FILTERS: readonly OptionName[] = ["host", "orchestrator", "workload", "endpoint"];

/** Every command, in the order the help prints them. */
export const commandTable: readonly CommandSpec[] = [
  {
    pattern: "profile show",
    summary: "list the profiles",
    options: [...READS, "detailed"],
    load: async () => (await import("#cli/commands/profile/show-profiles.ts")).showProfiles,
  },
  {
    pattern: "profile add <PROFILE>",
    summary: "create a profile: open to its own tag, free to send",
    options: WRITES,
    load: async () => (await import("#cli/commands/profile/add-profile.ts")).addProfile,
  },
  {
    pattern: "profile remove <PROFILE>",
    summary: "remove a profile that no endpoint names",
    options: [...WRITES, "noCheck"],
    load: async () => (await import("#cli/commands/profile/remove-profile.ts")).removeProfileCommand,
  },
  {
    pattern: "profile <PROFILE> tag show",
    summary: "the profile's tags, in the order they were added",
    options: READS,
    load: async () => (await import("#cli/commands/profile/show-tags.ts")).showTags,
  },
  {
    pattern: "profile <PROFILE> tag add|remove <TAG>",
    summary: "add or remove a tag",
    options: WRITES,
    load: async () => (await import("#cli/commands/profile/edit-tag.ts")).editTag,
  },
  {
    pattern: "profile <PROFILE> rule show",
    summary: "the profile's rules, numbered",
    options: READS,
    load: async () => (await import("#cli/commands/profile/show-rules.ts")).showRules,
  },
  {
    pattern: "profile <PROFILE> rule json",
    summary: "the profile's rules as JSON",
    options: READS,
    load: async () => (await import("#cli/commands/profile/print-rules-json.ts")).printRulesJson,
  },
  {
    pattern: "profile <PROFILE> rule update",
    summary: "replace the rules by the JSON on standard input",
    options: WRITES,
    load: async () => (await import("#cli/commands/profile/update-rules.ts")).updateRules,
  },
  {
    pattern: "profile <PROFILE> rule add inbound|outbound <RULE...>",
    summary: "add a rule at a position, or at the end",
    options: [...WRITES, "at"],
    load: async () => (await import("#cli/commands/profile/add-rule.ts")).addRule,
  },
  {
    pattern: "profile <PROFILE> rule remove inbound|outbound [RULE...]",
    summary: "remove the rule at a position, or the first equal one",
    options: [...WRITES, "at"],
    load: async () => (await import("#cli/commands/profile/remove-rule.ts")).removeRule,
  },
  {
    pattern: "endpoint show",
    summary: "list the endpoints",
    options: [...READS, ...ENDPOINT_FILTERS, "detailed"],
    load: async () => (await import("#cli/commands/endpoint/show-endpoints.ts")).showEndpoints,
  },
  {
    pattern: "endpoint add <ENDPOINT>",
    summary: "register a workload's interface and addresses",
    options: [...WRITES, "host", "interface", "workload", "orchestrator", "mac", "ip", "profile"],
    required: ["host", "interface", "ip"],
    load: async () => (await import("#cli/commands/endpoint/add-endpoint.ts")).addEndpointCommand,
  },
  {
    pattern: "endpoint remove <ENDPOINT>",
    summary: "remove an endpoint",
    options: WRITES,
    load: async () => (await import("#cli/commands/endpoint/remove-endpoint.ts")).removeEndpointCommand,
  },
  {
    pattern: "endpoint <ENDPOINT> profile show",
    summary: "the endpoint's profiles, in the order of evaluation",
    options: READS,
    load: async () => (await import("#cli/commands/endpoint/show-endpoint-profiles.ts")).showEndpointProfiles,
  },
  {
    pattern: "endpoint <ENDPOINT> profile append|remove <PROFILES...>",
    summary: "add profiles at the end of the list, or remove them",
    options: WRITES,
    load: async () => (await import("#cli/commands/endpoint/assign-endpoint-profiles.ts")).assignEndpointProfiles,
  },
  {
    pattern: "endpoint <ENDPOINT> profile set [PROFILES...]",
    summary: "replace the list; none clears it",
    options: WRITES,
    load: async () => (await import("#cli/commands/endpoint/assign-endpoint-profiles.ts")).assignEndpointProfiles,
  },
  {
    pattern: "node show",
    summary: "the nodes and what their agents report",
    options: READS,
    load: async () => (await import("#cli/commands/node/show-nodes.ts")).showNodes,
  },
  {
    pattern: "check",
    summary: "would this packet pass, and which rules decide",
    options: [...READS, "from", "to", "protocol", "srcPort", "dstPort", "icmpType", "icmpCode", "ipVersion"],
    required: ["from", "to"],
    load: async () => (await import("#cli/commands/judge/check-connection.ts")).checkConnection,
  },
  {
    pattern: "graph",
    summary: "who can reach whom, with what",
    options: [...READS, "format", "deployed", "from", "to"],
    load: async () => (await import("#cli/commands/judge/print-graph.ts")).printGraph,
  },
  {
    pattern: "lint [PROFILES...]",
    summary: "what in the policy is worth a look, each with its proof; exit 1 when anything is",
    options: READS,
    load: async () => (await import("#cli/commands/judge/lint-policy.ts")).lintPolicy,
  },
  {
    pattern: "diff <BEFORE> <AFTER>",
    summary: "what changed between two state files, @live or @REVISION, and which pairs that opens and closes",
    options: ["json"],
    load: async () => (await import("#cli/commands/judge/diff-states.ts")).diffStates,
  },
  {
    pattern: "test <FILES...>",
    summary: "run policy tests; those without a state of their own against etcd or --state",
    options: READS,
    load: async () => (await import("#cli/commands/judge/run-tests.ts")).runTests,
  },
  {
    pattern: "validate <FILE>",
    summary: "is a value one that an agent accepts; - reads standard input",
    options: ["json", "kind", "strict", "interfacePrefix"],
    required: ["kind"],
    load: async () => (await import("#cli/commands/state/validate-value.ts")).validateValue,
  },
  {
    pattern: "export",
    summary: "the whole state as one file",
    options: READS,
    load: async () => (await import("#cli/commands/state/export-state.ts")).exportStateCommand,
  },
  {
    pattern: "import <FILE>",
    summary: "write a state file in one transaction; what it does not name stays",
    options: [...WRITES, "dryRun"],
    load: async () => (await import("#cli/commands/state/import-state.ts")).importStateCommand,
  },
  {
    pattern: "render",
    summary: "what the agent on a host would program, as text for ipset and iptables-restore",
    options: [...READS, "host", "ipVersion"],
    required: ["host"],
    load: async () => (await import("#cli/commands/judge/render-host.ts")).renderHostCommand,
  },
];
