/* T5: new TCP connections a second through the dispatch tree, many endpoints held against ten. */

import { hostKernel } from "#dataplane/apply/host-kernel.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { runCommand } from "#dataplane/apply/run-command.ts";
import { planApply } from "#dataplane/plan/plan-apply.ts";
import { toolsInside } from "../../support/tools-inside.ts";
import { type Contestant, compare, formatComparison } from "../compare.ts";
import type { EstateSize } from "./estate.ts";
import { startWorld, UDP_PORTS, type World } from "./world.ts";

const ROUNDS = 10;
const CONNECTIONS = 1_000;

/** Prints T5 for both backends. */
export async function connectionRates(size: EstateSize, print: (text: string) => void): Promise<void> {
  for (const backend of ["legacy", "nft"] as const) {
    const few = await loaded({ localEndpoints: 10, profiles: 5, remoteEndpoints: 0 }, backend);
    const many = await loaded(size, backend);
    try {
      const outcome = await compare([rate("10 endpoints", few), rate(`${size.localEndpoints} endpoints`, many)], {
        rounds: ROUNDS,
      });
      const target = backend === "legacy" ? 0.9 : 0.8;
      print(formatComparison(`T5 new connections on ${backend}; target ${target}x`, outcome, "a second"));
    } finally {
      await few.close();
      await many.close();
    }
  }
}

async function loaded(size: EstateSize, backend: Backend): Promise<World> {
  const world = await startWorld(size);
  const kernel = hostKernel(runCommand, toolsInside(world.namespace, kernelTools(backend)), [4, 6]);
  await kernel.run(planApply(await kernel.read(), world.policy).plan);
  return world;
}

function rate(name: string, world: World): Contestant {
  return {
    name,
    async round() {
      world.sender.tell({ port: UDP_PORTS.tcp, count: CONNECTIONS });
      const { ms } = await world.sender.next("done");
      return (CONNECTIONS * 1_000) / Number(ms);
    },
  };
}
