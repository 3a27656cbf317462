import fc from "fast-check";
import type { Packet } from "#policy/packet.ts";

/** A packet without its addresses. */
export type Header = Pick<Packet, "family" | "protocol" | "srcPort" | "dstPort" | "icmpType" | "icmpCode">;

/** Headers on both sides of every boundary that the random rules draw. */
export const HEADERS: readonly Header[] = ([4, 6] as const).flatMap((family) => [
  ...[6, 17, 132].flatMap((protocol) =>
    [0, 22, 53, 79, 80, 81, 65535].flatMap((dstPort) =>
      [21, 80, 1024].map((srcPort) => ({ family, protocol, srcPort, dstPort })),
    ),
  ),
  ...[1, 58].flatMap((protocol) =>
    [0, 3, 8, 9, 128, 133, 255].flatMap((icmpType) =>
      [0, 4, 5].map((icmpCode) => ({ family, protocol, icmpType, icmpCode })),
    ),
  ),
  ...[2, 47, 254].map((protocol) => ({ family, protocol })),
]);

/** What a host's exemptions and the random rules draw beside those. */
export const MORE_HEADERS: readonly Header[] = ([4, 6] as const).flatMap((family) =>
  [
    [68, 67],
    [546, 547],
    [67, 68],
    [1024, 443],
    [23, 54],
    [52, 52],
    [443, 1023],
  ].map(([srcPort = 0, dstPort = 0]) => ({ family, protocol: 17, srcPort, dstPort })),
);

/** Some of the probing set: every case of a long run sees others. */
export function arbitraryHeaders(count: number): fc.Arbitrary<readonly Header[]> {
  const header = fc.constantFrom(...HEADERS, ...MORE_HEADERS);
  return fc.array(header, { minLength: count, maxLength: count });
}

/** Fails a property with everything that is known about the case. */
export function fail(what: string, details: unknown): never {
  const text = JSON.stringify(details, (_key, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
  throw new Error(`${what}: ${text}`);
}
