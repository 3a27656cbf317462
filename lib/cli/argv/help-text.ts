import { type CommandSpec, commandTable } from "#cli/argv/command-table.ts";
import { type OptionName, optionTable } from "#cli/argv/option-table.ts";

/** The help for the commands that begin with these words, or for all of them. */
export function helpText(words: readonly string[]): string {
  const asked = commandTable.filter(({ pattern }) => ` ${pattern} `.startsWith(` ${words.join(" ")}`));
  const specs = asked.length === 0 ? commandTable : asked;
  const used = new Set(specs.flatMap(({ options }) => options));
  const options = (Object.keys(optionTable) as OptionName[]).filter((name) => used.has(name));
  return [
    "calicoctl: profiles, tags and rules of the policy kept in etcd",
    "",
    "Usage:",
    ...specs.map((spec) => `  calicoctl ${signature(spec)}\n      ${spec.summary}`),
    "",
    "Options:",
    ...options.map((name) => `  ${optionTable[name].flags.padEnd(32)}${optionTable[name].description}`),
    "",
    "Exit codes: 0 done, 1 refused or not found or a check failed, 2 wrong usage, 4 conflict,",
    "            5 not permitted, 6 etcd cannot be reached.",
    "Connection: ETCD_ENDPOINTS, ETCD_CA_CERT_FILE, ETCD_CERT_FILE, ETCD_KEY_FILE, ETCD_USERNAME, ETCD_PASSWORD.",
    "",
  ].join("\n");
}

/** The right forms, after a command line that was none of them. */
export function usageText(patterns: readonly string[]): string {
  const specs = commandTable.filter(({ pattern }) => patterns.includes(pattern));
  const shown = specs.length === 0 ? commandTable : specs;
  return ["Usage:", ...shown.map((spec) => `  calicoctl ${signature(spec)}`)].join("\n");
}

function signature({ pattern, options, required = [] }: CommandSpec): string {
  const flags = options.map((name) => {
    const { flags, isRepeated } = optionTable[name];
    const form = `${flags.replace(" ", "=")}${isRepeated ? "..." : ""}`;
    return required.includes(name) ? form : `[${form}]`;
  });
  return [pattern, ...flags].join(" ");
}
