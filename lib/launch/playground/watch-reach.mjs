import { setTimeout as sleep } from "node:timers/promises";
import { checks } from "./reach-matrix.mjs";

/** @typedef {import("./reach-matrix.mjs").Connection} Connection */
/** @typedef {import("./reach-matrix.mjs").Observation} Observation */
/** @typedef {import("./machine.mjs").ProbeReply} ProbeReply */
/** @typedef {import("./machine.mjs").Target} Target */
/** @typedef {import("./topology.mjs").Machine} Machine */

const replyTimeoutMs = 5_000;

/** Sends probe requests to the machines' programs and hands the replies to whoever waits. */
export function createProber() {
  /** @type {Map<number, (reply: ProbeReply) => void>} */
  const waiting = new Map();
  let lastId = 0;

  /** @param {unknown} message */
  function onMessage(message) {
    const reply = /** @type {ProbeReply} */ (message);
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  }

  /** @param {(message: unknown) => void} send @param {readonly Target[]} targets @returns {Promise<readonly boolean[] | undefined>} */
  async function probe(send, targets) {
    lastId += 1;
    const id = lastId;
    const reply = new Promise((done) => waiting.set(id, done));
    send({ id, targets });
    const answered = /** @type {ProbeReply | undefined} */ (
      await Promise.race([reply, sleep(replyTimeoutMs, undefined, { ref: false })])
    );
    waiting.delete(id);
    return answered?.reached;
  }

  return { onMessage, probe };
}

/** Every connection worth trying from one machine. @returns {readonly (Connection & Target)[]} */
export function connectionsFrom(/** @type {Machine} */ source, /** @type {readonly Machine[]} */ all) {
  return all
    .filter((target) => target.name !== source.name)
    .flatMap((target) =>
      checks.flatMap((check) =>
        target.addresses.map((host) => ({
          from: source.name,
          to: target.name,
          check,
          family: host.includes(":") ? /** @type {const} */ ("IPv6") : /** @type {const} */ ("IPv4"),
          host,
          port: check === "ping" ? /** @type {const} */ ("ping") : Number(check.slice(4)),
        })),
      ),
    );
}

/**
 * Tries every connection between the machines at once, and returns what was seen in a fixed order. A machine that did
 * not answer is left out: nothing is known about its connections.
 * @param {ReturnType<typeof createProber>} prober
 * @param {readonly { machine: Machine; send: (message: unknown) => void }[]} sources
 * @returns {Promise<readonly Observation[]>}
 */
export async function observe(prober, sources) {
  const all = sources.map(({ machine }) => machine);
  const seen = await Promise.all(
    sources.map(async ({ machine, send }) => {
      const connections = connectionsFrom(machine, all);
      const reached = await prober.probe(
        send,
        connections.map(({ host, port }) => ({ host, port })),
      );
      if (reached === undefined) return [];
      return connections.map(({ from, to, check, family }, index) => ({
        from,
        to,
        check,
        family,
        isOpen: reached[index] === true,
      }));
    }),
  );
  return seen.flat();
}
