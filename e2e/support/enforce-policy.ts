import { hostKernel, type Kernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { type RunCommand, runCommand } from "#dataplane/apply/run-command.ts";
import { nodePolicy } from "#dataplane/desired/node-policy.ts";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { planRemoval } from "#dataplane/plan/plan-removal.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** The hosts' kernels, brought from one snapshot to the next as an agent would. */
export interface EnforcedNodes {
  enforce(snapshot: Snapshot): Promise<void>;
  /** Forgets every connection. */
  forgetConnections(): Promise<void>;
  /** Takes away everything of ours. */
  clear(): Promise<void>;
}

type Node = { readonly host: string; readonly inside: RunCommand; readonly kernel: Kernel };

/** Nodes in the namespaces that `namespace` names. */
export function enforcedNodes(
  hosts: readonly string[],
  namespace: (host: string) => string,
  backend: Backend,
): EnforcedNodes {
  const nodes = hosts.map((host): Node => {
    const inside: RunCommand = (argv, options) =>
      runCommand(["ip", "netns", "exec", namespace(host), ...argv], options);
    return { host, inside, kernel: hostKernel(inside, kernelTools(backend), [4, 6]) };
  });
  const onAll = async (work: (node: Node) => Promise<unknown>) => void (await Promise.all(nodes.map(work)));
  return {
    enforce: (snapshot) =>
      onAll(async ({ host, kernel }) => {
        const { options } = nodeSettings(snapshot, { host, families: [4, 6] });
        await kernel.run(planApply(await kernel.read(), nodePolicy(snapshot, options)).plan);
      }),
    forgetConnections: () => onAll(({ inside }) => inside(["conntrack", "-F"])),
    clear: () => onAll(async ({ kernel }) => kernel.run(planRemoval(await kernel.read()))),
  };
}
