import type { Cidr, IcmpKind, PortRange } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** One list a single multiport match can hold: at most 15 slots, a range takes two. */
export type PortChunk = readonly PortRange[];

/** Criteria on one end of the packet, each at most once, as one line of iptables can hold them. */
export type FragmentSide = {
  readonly net?: Cidr;
  readonly notNet?: Cidr;
  readonly tag?: Tag;
  readonly notTag?: Tag;
  readonly ports?: PortChunk;
  /** Every chunk must not match. */
  readonly notPorts?: readonly PortChunk[];
};

/** What a matching packet meets. A log line lets it go on. */
export type FragmentOutcome =
  | { readonly kind: "accept" }
  | { readonly kind: "drop" }
  | { readonly kind: "leave-profile" }
  | { readonly kind: "log"; readonly prefix: string };

/** One line of a profile's chain as a value. Its types admit no free text but the log prefix, which is filtered (I4). */
export type RuleFragment = {
  readonly protocol?: number;
  readonly notProtocol?: number;
  readonly icmp?: IcmpKind;
  readonly notIcmp?: IcmpKind;
  readonly src: FragmentSide;
  readonly dst: FragmentSide;
  readonly outcome: FragmentOutcome;
};
