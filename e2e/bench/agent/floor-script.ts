import { kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { residentProcess } from "#dataplane/apply/resident-process.ts";
import type { PolicyStore, StoredChange } from "#store/policy-store.ts";
import { toolsInside } from "../../support/tools-inside.ts";

/** The bare minimum an agent could do: on each change, texts known beforehand to programs that stay. */
export interface FloorScript {
  stop(): Promise<void>;
}

export type FloorTexts = {
  /** For both iptables-restore programs. */
  readonly tables?: string;
  /** For ipset restore; the answer is a set's name. */
  readonly sets?: { readonly text: string; readonly set: string };
};

/** Follows the store and feeds what `textsOf` gives for each change; it parses, renders and remembers nothing. */
export async function startFloorScript(
  namespace: string,
  store: PolicyStore,
  textsOf: (change: StoredChange) => FloorTexts,
): Promise<FloorScript> {
  const tools = toolsInside(namespace, kernelTools("nft"));
  const tables = ([4, 6] as const).map((family) => residentProcess([...tools.restoreTables(family), "--verbose"]));
  const sets = residentProcess(["stdbuf", "-oL", ...tools.restoreSets]);
  const stop = new AbortController();
  let listed = () => {};
  const isListed = new Promise<void>((resolve) => {
    listed = resolve;
  });
  const follow = async () => {
    for await (const event of store.watch(stop.signal)) {
      if (event.kind === "snapshot") listed();
      if (event.kind !== "changes") continue;
      for (const change of event.changes) await carryOut(textsOf(change));
    }
  };
  const carryOut = async ({ tables: text, sets: members }: FloorTexts) => {
    if (members)
      await sets.feed({ text: members.text, question: `COMMIT\nlist -n ${members.set}\n`, answer: members.set });
    if (text === undefined) return;
    for (const program of tables) await program.feed({ text, question: "#done\n", answer: "#done" });
  };
  const following = follow();
  await isListed;
  return {
    async stop() {
      stop.abort();
      await following;
      await Promise.all([...tables, sets].map((program) => program.stop()));
    },
  };
}
