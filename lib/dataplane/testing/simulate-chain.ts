import type { ParsedLine, SimulatedPacket, Surroundings } from "#dataplane/testing/parse-line.ts";

/** The chains of one table, as parsed lines. */
export type SimulatedChains = ReadonlyMap<string, readonly ParsedLine[]>;

export type ChainVerdict = "ACCEPT" | "DROP" | "FELL-OUT";

/**
 * Walks a packet through a chain as the kernel does: a goto does not come back, a RETURN goes back to the last jump.
 * `FELL-OUT` means that the base chain's end was reached.
 */
export function simulateChain(
  chains: SimulatedChains,
  base: string,
  journey: { readonly packet: SimulatedPacket; readonly isMember: Surroundings["isMember"] },
): ChainVerdict {
  const stack: { lines: readonly ParsedLine[]; next: number }[] = [{ lines: linesOf(chains, base), next: 0 }];
  let mark = 0;
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const line = frame.lines[frame.next];
    frame.next += 1;
    if (line === undefined) {
      stack.pop();
      continue;
    }
    if (!line.matches.every((match) => match(journey.packet, { mark, isMember: journey.isMember }))) continue;
    const { target } = line;
    if (target.kind === "verdict") return target.verdict;
    if (target.kind === "set-mark") mark = ((mark & ~target.mask) ^ target.value) >>> 0;
    if (target.kind === "return" || target.kind === "goto") stack.pop();
    if (target.kind === "jump" || target.kind === "goto") stack.push({ lines: linesOf(chains, target.chain), next: 0 });
  }
  return "FELL-OUT";
}

function linesOf(chains: SimulatedChains, name: string): readonly ParsedLine[] {
  const lines = chains.get(name);
  if (lines === undefined) throw new Error(`a live rule names the missing chain ${name}`);
  return lines;
}
