import { compare, formatComparison, timed } from "../compare.ts";

/** The agent's figures. */
export async function bench(): Promise<void> {
  const nothing = await compare([{ name: "floor", round: () => timed(() => undefined) }], { rounds: 10 });
  process.stdout.write(formatComparison("nothing yet", nothing));
}
