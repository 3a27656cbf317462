import {
  type ConnectionSet,
  connectionSetKey,
  EVERYTHING,
  intersect,
  NOTHING,
  subtract,
} from "#analysis/connections/connection-set.ts";
import { familyRegion } from "#analysis/connections/rule-region.ts";

/** What one node may send to another. The half-open sets are empty where one end has no policy. */
export type Relation = {
  readonly allowed: ConnectionSet;
  readonly senderOnly: ConnectionSet;
  readonly receiverOnly: ConnectionSet;
};

/** Equal sets have one number, equal relations are one object; so pairs are compared and remembered by number. */
export type SetTable = {
  readonly idOf: (set: ConnectionSet) => number;
  readonly relate: (outbound: number, inbound: number, kind: PairKind) => Relation;
  /** How much it remembers. */
  readonly size: () => number;
};

/** Both families or the only one both ends have (0, 1 for IPv4, 2 for IPv6), times two, plus one where both ends have policy. */
export type PairKind = 0 | 1 | 2 | 3 | 4 | 5;

/** The number of the set that an end without policy allows. */
export const EVERYTHING_ID = 0;

const ID_LIMIT = 2 ** 21;
const KINDS = 8;
const FAMILIES = [undefined, 4, 6] as const;

/** An empty table; EVERYTHING_ID is taken. */
export function createSetTable(): SetTable {
  const sets: ConnectionSet[] = [EVERYTHING];
  const idByKey = new Map<string, number>([[connectionSetKey(EVERYTHING), EVERYTHING_ID]]);
  const relations = new Map<number, Relation>();
  return {
    idOf: (set) => {
      const key = connectionSetKey(set);
      const known = idByKey.get(key);
      if (known !== undefined) return known;
      idByKey.set(key, sets.length);
      return sets.push(set) - 1;
    },
    relate: (outbound, inbound, kind) => {
      const key = (outbound * ID_LIMIT + inbound) * KINDS + kind;
      const known = relations.get(key);
      if (known !== undefined) return known;
      const relation = relationOf(sets[outbound] ?? NOTHING, sets[inbound] ?? NOTHING, kind);
      relations.set(key, relation);
      return relation;
    },
    size: () => sets.length + relations.size,
  };
}

function relationOf(outbound: ConnectionSet, inbound: ConnectionSet, kind: PairKind): Relation {
  const both = intersect(outbound, inbound);
  const family = FAMILIES[kind >> 1];
  const allowed = family === undefined ? both : intersect(both, familyRegion([family]));
  if (kind % 2 === 0) return { allowed, senderOnly: NOTHING, receiverOnly: NOTHING };
  return { allowed, senderOnly: subtract(outbound, inbound), receiverOnly: subtract(inbound, outbound) };
}
