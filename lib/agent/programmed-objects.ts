import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import type { KernelState } from "#dataplane/plan/kernel-state.ts";

export type Programmed = Readonly<Record<"rule" | "chain" | "set" | "member", number>>;

/** How much of ours the kernel holds, both families together; hooks count as rules. */
export function programmedObjects({ sets, families }: KernelState): Programmed {
  let [rule, chain, member] = [0, 0, 0];
  for (const tables of families.values()) {
    for (const table of [tables.raw, tables.filter]) {
      for (const [name, lines] of table) {
        const isOwn = name.startsWith(OUR_PREFIX);
        chain += isOwn ? 1 : 0;
        rule += isOwn ? lines.length : lines.filter(({ isOurs }) => isOurs).length;
      }
    }
  }
  for (const { members } of sets.values()) member += members.size;
  return { rule, chain, set: sets.size, member };
}
