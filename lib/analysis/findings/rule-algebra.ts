import type { ConnectionSet } from "#analysis/connections/connection-set.ts";
import { combine, LEVEL, type Merge, NO, within, YES } from "#analysis/connections/diagram.ts";
import { ruleRegion } from "#analysis/connections/rule-region.ts";
import { prepareRule } from "#policy/evaluation/match-rule.ts";
import type { Cidr, Rule, SideMatch } from "#policy/rule.ts";
import type { Tag } from "#policy/tag.ts";

/** More work than the bound allows; what was asked is not known. */
export class TooMuchWorkError extends Error {
  override readonly name = "TooMuchWorkError";
}

/** Set operations on rules with every tag as a coordinate of its own. */
export type RuleAlgebra = {
  readonly region: (rule: Rule) => ConnectionSet;
  readonly union: (a: ConnectionSet, b: ConnectionSet) => ConnectionSet;
  readonly intersect: (a: ConnectionSet, b: ConnectionSet) => ConnectionSet;
  readonly subtract: (a: ConnectionSet, b: ConnectionSet) => ConnectionSet;
};

const FIRST_TAG_LEVEL = LEVEL.dst + 1;

/**
 * Rules as sets of packets where each end may or may not hold each tag, independently of its address. What is proven of
 * these holds for every endpoint, whatever tags and addresses there are now or later. `maxSteps` bounds the work; beyond
 * it a TooMuchWorkError is thrown.
 */
export function createRuleAlgebra(maxSteps: number): RuleAlgebra {
  const levelByTag = new Map<string, number>();
  const regions = new WeakMap<Rule, ConnectionSet>();
  let steps = 0;
  const counted = (merge: BooleanMerge): BooleanMerge => ({
    ...merge,
    shortcut: (a, b) => {
      steps += 1;
      if (steps > maxSteps) throw new TooMuchWorkError(`more than ${maxSteps} steps`);
      return merge.shortcut?.(a, b);
    },
  });
  const [or, and, butNot] = [counted(OR), counted(AND), counted(BUT_NOT)];
  const intersect = (a: ConnectionSet, b: ConnectionSet) => combine(a, b, and);
  const subtract = (a: ConnectionSet, b: ConnectionSet) => combine(a, b, butNot);
  const holds = (end: string, tag: Tag) => {
    const key = `${end} ${tag}`;
    const level = levelByTag.get(key) ?? FIRST_TAG_LEVEL + levelByTag.size;
    levelByTag.set(key, level);
    return within(level, 0, [{ start: 1 }]);
  };
  const make = (rule: Rule) => {
    const { src, dst } = prepareRule(rule).canonical;
    let region = ruleRegion(rule);
    for (const [end, side, level] of [
      ["src", src, LEVEL.src],
      ["dst", dst, LEVEL.dst],
    ] as const) {
      if (side.net !== undefined) region = intersect(region, block(level, side.net));
      if (side.notNet !== undefined) region = subtract(region, block(level, side.notNet));
      region = withTags(region, side, { intersect, subtract, holds: (tag) => holds(end, tag) });
    }
    return region;
  };
  return {
    region: (rule) => {
      const region = regions.get(rule) ?? make(rule);
      regions.set(rule, region);
      return region;
    },
    union: (a, b) => combine(a, b, or),
    intersect,
    subtract,
  };
}

type TagTools = Pick<RuleAlgebra, "intersect" | "subtract"> & { readonly holds: (tag: Tag) => ConnectionSet };

function withTags(
  region: ConnectionSet,
  { tag, notTag }: SideMatch,
  { intersect, subtract, holds }: TagTools,
): ConnectionSet {
  const tagged = tag === undefined ? region : intersect(region, holds(tag));
  return notTag === undefined ? tagged : subtract(tagged, holds(notTag));
}

/** The rule's families are those of its networks, so that bounds of one family are enough. */
function block(level: number, { base, prefix, family }: Cidr): ConnectionSet {
  if (prefix === 0) return YES;
  const width = family === 4 ? 32 : 128;
  const end = base + (1n << BigInt(width - prefix));
  return within(level, 0n, [end === 1n << BigInt(width) ? { start: base } : { start: base, end }]);
}

type BooleanMerge = Merge<boolean, boolean, boolean>;

const OR: BooleanMerge = {
  values: (a, b) => a || b,
  shortcut: (a, b) => {
    if (a === b) return a;
    if (a.kind === "leaf") return a.value ? YES : b;
    return b.kind === "leaf" ? (b.value ? YES : a) : undefined;
  },
};

const AND: BooleanMerge = {
  values: (a, b) => a && b,
  shortcut: (a, b) => {
    if (a === b) return a;
    if (a.kind === "leaf") return a.value ? b : NO;
    return b.kind === "leaf" ? (b.value ? a : NO) : undefined;
  },
};

const BUT_NOT: BooleanMerge = {
  values: (a, b) => a && !b,
  shortcut: (a, b) => {
    if (a === b || (a.kind === "leaf" && !a.value)) return NO;
    return b.kind === "leaf" ? (b.value ? NO : a) : undefined;
  },
};
