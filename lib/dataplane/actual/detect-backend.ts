import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { CommandFailedError, type RunCommand } from "#dataplane/apply/run-command.ts";
import type { Family } from "#policy/rule.ts";

/** The backend this host's own iptables uses, so that both speak about the same tables; nft where there is none. */
export async function detectBackend(run: RunCommand): Promise<Backend> {
  try {
    return (await run(["iptables", "--version"])).includes("(legacy)") ? "legacy" : "nft";
  } catch (error) {
    if (error instanceof CommandFailedError) return "nft";
    throw error;
  }
}

export type UsableFamilies = {
  readonly families: readonly Family[];
  /** The families this machine cannot program, with the program's own words. */
  readonly unusable: readonly { readonly family: Family; readonly reason: string }[];
};

/** The families whose tables can be read here; IPv6 may be missing or switched off, the rest then goes on. */
export async function detectFamilies(run: RunCommand, backend: Backend): Promise<UsableFamilies> {
  const tools = kernelTools(backend);
  const families: Family[] = [];
  const unusable: { family: Family; reason: string }[] = [];
  for (const family of [4, 6] as const) {
    try {
      await run(tools.saveTables(family));
      families.push(family);
    } catch (error) {
      if (!(error instanceof CommandFailedError)) throw error;
      unusable.push({ family, reason: error.message });
    }
  }
  return { families, unusable };
}
