import { numberOption } from "#cli/argv/number-option.ts";
import { UsageError } from "#cli/argv/usage-error.ts";
import type { CommandOptions, RunCommand } from "#cli/command.ts";
import { done } from "#cli/command-result.ts";
import { renderHost } from "#dataplane/desired/render-host.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import type { Family } from "#policy/rule.ts";

/** `render --host=H [--ip-version=4|6]`: what the agent on H would program; both families unless one is asked for. */
export const renderHostCommand: RunCommand = async ({ options }, { deps }) => {
  const families = familiesOf(options);
  const host = String(options.host);
  const snapshot = await loadSnapshot(await deps());
  const isKnown = snapshot.hosts.has(host) || [...snapshot.endpoints.values()].some(({ key }) => key.host === host);
  const text = renderHost(snapshot, { host, families });
  return done(
    text,
    { host, revision: snapshot.revision, families, lines: text.trimEnd().split("\n") },
    isKnown ? [] : [`Nothing is known of host ${host}: this is what an agent there would start with.`],
  );
};

function familiesOf(options: CommandOptions): readonly Family[] {
  const version = numberOption("--ip-version", options.ipVersion);
  if (version === undefined) return [4, 6];
  if (version === 4 || version === 6) return [version];
  throw new UsageError(`--ip-version is 4 or 6, not ${version}`);
}
