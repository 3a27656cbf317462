// What a person is told about the playground: which connections work now, and which began or ceased to.

/** @typedef {"tcp 80" | "tcp 443" | "tcp 7890" | "tcp 7891" | "ping"} Check */
/** @typedef {"IPv4" | "IPv6"} Family */
/** @typedef {{ from: string; to: string; check: Check; family: Family }} Connection */
/** @typedef {Connection & { isOpen: boolean }} Observation */

/** The ports that every machine of the playground answers on. */
export const serverPorts = [80, 443, 7890, 7891];

/** @type {readonly Check[]} */
export const checks = ["tcp 80", "tcp 443", "tcp 7890", "tcp 7891", "ping"];

/** @param {Connection} connection */
const keyOf = ({ from, to, check, family }) => `${from} ${to} ${check} ${family}`;

/**
 * Remembers what was seen, and says what is news. A connection opens at the first success and closes at the second
 * failure in a row: a busy machine may lose one probe, and must not report policy that never changed.
 */
export function createReachMatrix() {
  /** @type {Map<string, { isOpen: boolean; failures: number }>} */
  const known = new Map();

  /** @param {readonly Observation[]} observations @returns {readonly Observation[]} those that changed, in their order */
  function learn(observations) {
    return observations.filter((observation) => {
      const key = keyOf(observation);
      const before = known.get(key) ?? { isOpen: false, failures: 0 };
      const failures = observation.isOpen ? 0 : before.failures + 1;
      const isOpen = observation.isOpen || (before.isOpen && failures < 2);
      known.set(key, { isOpen, failures });
      return isOpen !== before.isOpen;
    });
  }

  /** Whether an open connection failed once, and the next look decides. */
  function hasDoubt() {
    return [...known.values()].some(({ isOpen, failures }) => isOpen && failures > 0);
  }

  return { learn, hasDoubt };
}

/** One line per pair and direction of change: "web → app: tcp 7890 opened". A family is named when the other differs. */
export function describeChanges(/** @type {readonly Observation[]} */ changes) {
  /** @type {Map<string, Map<Check, Family[]>>} */
  const groups = new Map();
  for (const { from, to, check, family, isOpen } of changes) {
    const title = `${from} → ${to} ${isOpen ? "opened" : "closed"}`;
    const group = groups.get(title) ?? new Map();
    groups.set(title, group.set(check, [...(group.get(check) ?? []), family]));
  }
  return [...groups].map(([title, group]) => {
    const parts = [...group].map(([check, families]) =>
      families.length === 2 ? check : `${check} (${families[0]} only)`,
    );
    return `${title}: ${parts.join(", ")}`;
  });
}

/** The whole matrix as a table, one line per ordered pair. */
export function formatMatrix(/** @type {readonly Observation[]} */ observations) {
  const pairs = [...new Set(observations.map(({ from, to }) => `${from} → ${to}`))];
  const width = Math.max(...pairs.map((pair) => pair.length));
  return pairs.map((pair) => {
    const open = observations.filter((seen) => `${seen.from} → ${seen.to}` === pair && seen.isOpen);
    const [line] = describeChanges(open);
    return `${pair.padEnd(width)}  ${line === undefined ? "nothing" : line.slice(line.indexOf(": ") + 2)}`;
  });
}
