import type { Tag } from "#policy/tag.ts";
import type { Brand } from "#prelude/brand.ts";

export type Action = "allow" | "deny" | "log" | "next-tier";
export type Direction = "inbound" | "outbound";
/** IP version. */
export type Family = 4 | 6;
/** 1-based place of a rule in its list, as people see it; array indexes never leave edit/apply-edit.ts (I7). */
export type Position = number;

/**
 * A rule exactly as it is stored and shown: any field order, `null`s, numbered protocols, absent action.
 * Plain JSON, so it crosses the wire untouched. Only parse-stored-rule.ts makes one; it is always valid
 * under policy-model 1.2, and canonicalRule() is total on it.
 */
export type Rule = Brand<Readonly<Record<string, unknown>>, "Rule">;

/** Inclusive range of ports, 0..65535, lo <= hi. */
export type PortRange = readonly [lo: number, hi: number];

/** A masked network. `base` is the numeric first address. */
export type Cidr = {
  readonly family: Family;
  readonly base: bigint;
  readonly prefix: number;
  /** Canonical text, for example `10.0.0.0/8` or `fd00::/64`. */
  readonly text: string;
};

/** ICMP type and optional code, 0..255. */
export type IcmpKind = { readonly type: number; readonly code?: number };

/** Criteria on one end of the packet; absent means any. Port lists are sorted, merged, never empty. */
export type SideMatch = {
  readonly ports?: readonly PortRange[];
  readonly notPorts?: readonly PortRange[];
  readonly tag?: Tag;
  readonly notTag?: Tag;
  readonly net?: Cidr;
  readonly notNet?: Cidr;
};

/**
 * What decisions are made on: action explicit, protocol by number, ports as merged ranges, CIDRs masked,
 * `null` and empty lists absent. Two rules are equal when these are (canonicalKey).
 * `icmp` or `notIcmp` without a stored protocol does not fill `protocol`; evaluate treats it as icmp (1).
 */
export type CanonicalRule = {
  readonly action: Action;
  readonly ipVersion?: Family;
  /** 1..255 */
  readonly protocol?: number;
  readonly notProtocol?: number;
  readonly icmp?: IcmpKind;
  readonly notIcmp?: IcmpKind;
  readonly src: SideMatch;
  readonly dst: SideMatch;
  readonly logPrefix?: string;
};
