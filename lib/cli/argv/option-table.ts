/** How one option is written. No two commands use one name in two ways, so the words of any command line can be told from its options before the command is known. */
export type OptionSpec = {
  readonly flags: string;
  readonly description: string;
  readonly isRepeated?: true;
};

const OPTIONS = {
  json: { flags: "--json", description: "print one JSON document on standard output" },
  state: { flags: "--state <FILE>", description: "answer from a state file instead of etcd" },
  note: { flags: "--note <TEXT>", description: "a note for the journal" },
  as: { flags: "--as <NAME>", description: "who makes the change (default: the operating system's user)" },
  detailed: { flags: "--detailed", description: "one row for each endpoint, with everything known" },
  noCheck: { flags: "--no-check", description: "remove the profile even while endpoints name it" },
  at: { flags: "--at <N>", description: "position in the list, counted from 1" },
  host: { flags: "--host <HOST>", description: "host name" },
  orchestrator: { flags: "--orchestrator <NAME>", description: "orchestrator (default: manual)" },
  workload: { flags: "--workload <NAME>", description: "workload (default: the endpoint's name)" },
  endpoint: { flags: "--endpoint <NAME>", description: "endpoint name" },
  interface: { flags: "--interface <NAME>", description: "the host's interface to the workload" },
  mac: { flags: "--mac <MAC>", description: "the workload's MAC address" },
  ip: { flags: "--ip <ADDR>", description: "an address of the workload; may be repeated", isRepeated: true },
  profile: { flags: "--profile <PROFILE>", description: "a profile, in order; may be repeated", isRepeated: true },
  from: { flags: "--from <PLACE>", description: "endpoint:NAME, profile:ID, host:NAME, world, address or CIDR" },
  to: { flags: "--to <PLACE>", description: "endpoint:NAME, profile:ID, host:NAME, world, address or CIDR" },
  protocol: { flags: "--protocol <P>", description: "tcp, udp, icmp, icmpv6, sctp, udplite or 1..255" },
  srcPort: { flags: "--src-port <N>", description: "source port" },
  dstPort: { flags: "--dst-port <N>", description: "destination port" },
  icmpType: { flags: "--icmp-type <N>", description: "ICMP type" },
  icmpCode: { flags: "--icmp-code <N>", description: "ICMP code" },
  ipVersion: { flags: "--ip-version <4|6>", description: "address family" },
  format: { flags: "--format <FORMAT>", description: "text, json, dot, csv or svg" },
  deployed: { flags: "--deployed", description: "the ordered profile lists in use in place of single profiles" },
  strict: { flags: "--strict", description: "judge as calicoctl and the board do, not as the agent" },
  kind: { flags: "--kind <KIND>", description: "profile_rules, profile_tags or endpoint" },
  dryRun: { flags: "--dry-run", description: "say what would change and write nothing" },
  interfacePrefix: {
    flags: "--interface-prefix <PREFIXES>",
    description: "managed interface prefixes (default: cali)",
  },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

/** Every option there is, by the name its value has in an invocation. */
export const optionTable: Readonly<Record<OptionName, OptionSpec>> = OPTIONS;
