import { endpointChainName, FRAME, profileChainName } from "#dataplane/desired/names/chain-names.ts";
import type { MakeLine } from "#dataplane/desired/rules/line-store.ts";
import { type Chain, ruleLine } from "#dataplane/desired/rules/rule-line.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction } from "#policy/rule.ts";

/** The bit that says "a profile accepted this packet"; `mask` bits are ours, all others belong to other programs. */
export function acceptMark(bit: number): string {
  return `0x${bit.toString(16)}/0x${bit.toString(16)}`;
}

/**
 * The chain shared by all endpoints with this ordered profile list: try each profile, return to the frame as soon as
 * one accepted, drop at the end.
 */
export function endpointChain(
  ids: readonly ProfileId[],
  direction: Direction,
  { acceptBit, make }: { readonly acceptBit: number; readonly make: MakeLine },
): Chain {
  const list = ids.join(",");
  const hex = `0x${acceptBit.toString(16)}`;
  return {
    name: endpointChainName(ids, direction),
    lines: [
      // The bit may come from the other direction of the same packet, or from outside.
      make(`-j MARK --set-xmark 0x0/${hex}`, "nothing has accepted this packet yet"),
      ...ids.flatMap((id) => [
        make(`-j ${profileChainName(id, direction)}`, `${id} ${direction}`),
        make(`-m mark --mark ${acceptMark(acceptBit)} -j RETURN`, `accepted by ${id}`),
      ]),
      make("-j DROP", `no profile of ${list} accepted`),
    ],
  };
}

/** Every accepting line of every profile goes here, and comes back in the endpoint's chain with the bit set. */
export function acceptChain(acceptBit: number): Chain {
  return { name: FRAME.accept, lines: [ruleLine(`-j MARK --set-xmark ${acceptMark(acceptBit)}`, "accepted")] };
}
