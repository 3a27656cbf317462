// The one program in each of the playground's machines: it answers on a few ports, and tries connections when asked.
// It runs inside the machine's namespace, and ends when the launcher is gone.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { connect } from "node:net";

/** @typedef {{ host: string; port: number | "ping" }} Target */
/** @typedef {{ id: number; targets: readonly Target[] }} ProbeRequest */
/** @typedef {{ id: number; reached: readonly boolean[] }} ProbeReply */

const name = process.argv[2] ?? "machine";
const ports = (process.argv[3] ?? "")
  .split(",")
  .filter((part) => part !== "")
  .map(Number);
const probeTimeoutMs = 1_500;

for (const port of ports) {
  createServer((request, response) => {
    response.setHeader("connection", "close");
    response.end(`${name}, port ${port}: hello, ${request.socket.remoteAddress}\n`);
  }).listen(port, "::");
}

process.on("disconnect", () => process.exit(0));
process.on("message", async (message) => {
  const { id, targets } = /** @type {ProbeRequest} */ (message);
  /** @type {ProbeReply} */
  const reply = { id, reached: await Promise.all(targets.map(isReachable)) };
  process.send?.(reply);
});

/** @param {Target} target */
function isReachable({ host, port }) {
  return port === "ping" ? canPing(host) : canConnect(host, port);
}

/** @param {string} host @param {number} port @returns {Promise<boolean>} */
function canConnect(host, port) {
  return new Promise((done) => {
    const socket = connect({ host, port });
    const finish = (/** @type {boolean} */ isConnected) => {
      socket.destroy();
      done(isConnected);
    };
    socket.setTimeout(probeTimeoutMs, () => finish(false));
    socket.once("connect", () => finish(true));
    socket.once("error", () => finish(false));
  });
}

/** @param {string} host @returns {Promise<boolean>} */
function canPing(host) {
  return new Promise((done) => {
    const ping = spawn("ping", ["-n", "-q", "-c", "1", "-W", "2", host], { stdio: "ignore" });
    ping.once("error", () => done(false));
    ping.once("exit", (code) => done(code === 0));
  });
}
