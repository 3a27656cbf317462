import type { KernelTools } from "#dataplane/apply/kernel-tools.ts";

/** The programs of a backend, each run inside a network namespace. */
export function toolsInside(namespace: string, tools: KernelTools): KernelTools {
  const inside = (argv: readonly string[]) => ["ip", "netns", "exec", namespace, ...argv];
  return {
    saveTables: (family) => inside(tools.saveTables(family)),
    restoreTables: (family) => inside(tools.restoreTables(family)),
    saveSets: inside(tools.saveSets),
    restoreSets: inside(tools.restoreSets),
    listSets: inside(tools.listSets),
    ...(tools.watchTables && { watchTables: inside(tools.watchTables) }),
  };
}
