import { LaunchError } from "../base/launch-error.mjs";

/** @typedef {{ kind: "all" } | { kind: "one"; from: string; to: string; port: number | "ping" } | { kind: "shell"; machine: string }} PlaygroundRequest */

const usage = [
  "npm run playground                    every connection, as it is now",
  "npm run playground -- web app 7890    one connection, by TCP port",
  "npm run playground -- web app ping",
  "npm run playground -- shell web       a shell on a machine: curl, ping, … from there",
];

/** Reads the words after `npm run playground --`. @returns {PlaygroundRequest} */
export function parseRequest(/** @type {readonly string[]} */ words, /** @type {readonly string[]} */ machineNames) {
  const [first, second, third] = words;
  if (first === undefined) return { kind: "all" };
  const wrong = (/** @type {string} */ message) => new LaunchError(message, usage);
  const named = first === "shell" ? [second] : [first, second];
  const unknown = named.find((name) => name === undefined || !machineNames.includes(name));
  if (named.includes(unknown))
    throw wrong(
      unknown === undefined ? "A machine is missing." : `There is no machine ${unknown}: ${machineNames.join(", ")}.`,
    );
  if (first === "shell") return { kind: "shell", machine: String(second) };
  if (first === second) throw wrong("A machine always reaches itself; name two.");
  const port = third === "ping" ? third : Number(third);
  if (port !== "ping" && !(/^\d+$/.test(third ?? "") && port >= 1 && port <= 65535)) {
    throw wrong(third === undefined ? "A port, or ping, is missing." : `${third} is neither a TCP port nor ping.`);
  }
  return { kind: "one", from: first, to: String(second), port };
}
