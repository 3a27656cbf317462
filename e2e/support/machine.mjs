// One machine of a test network: runs inside its namespace, takes one JSON command a line, answers one JSON line each.
import { createSocket } from "node:dgram";
import { connect, createServer, isIPv6 } from "node:net";
import { createInterface } from "node:readline";

/**
 * @typedef {{ to: string; port: number; from?: string; fromPort?: number; timeoutMs: number }} Connect
 * @typedef {{ kind: "listen"; protocol: "tcp" | "udp"; port: number; family: 4 | 6 }
 *   | { kind: "tcp" } & Connect
 *   | { kind: "udp" } & Connect
 *   | { kind: "hold"; name: string } & Connect
 *   | { kind: "say"; name: string; timeoutMs: number }} Command
 */

/** Connections that stay open, by the name the test gave them. @type {Map<string, import("node:net").Socket>} */
const held = new Map();

/** @returns {Promise<string>} */
async function obey(/** @type {Command} */ command) {
  switch (command.kind) {
    case "listen":
      return command.protocol === "tcp"
        ? listenTcp(command.port, command.family)
        : listenUdp(command.port, command.family);
    case "tcp": {
      const { socket, outcome } = await connectTcp(command);
      socket?.destroy();
      return outcome;
    }
    case "udp":
      return askUdp(command);
    case "hold": {
      const { socket, outcome } = await connectTcp(command);
      if (socket) held.set(command.name, socket);
      return outcome;
    }
    case "say":
      return saySomething(command);
  }
}

/** Echoes, so that a held connection can be tried later. @returns {Promise<string>} */
function listenTcp(/** @type {number} */ port, /** @type {4 | 6} */ family) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on("error", () => undefined).pipe(socket));
    const address = { port, host: family === 6 ? "::" : "0.0.0.0", ipv6Only: family === 6 };
    server.on("error", reject).listen(address, () => resolve("listening"));
  });
}

/** @returns {Promise<string>} */
function listenUdp(/** @type {number} */ port, /** @type {4 | 6} */ family) {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: family === 6 ? "udp6" : "udp4", ipv6Only: family === 6 });
    socket.on("message", (message, from) => socket.send(message, from.port, from.address));
    socket.on("error", reject).bind(port, () => resolve("listening"));
  });
}

/** @returns {Promise<{ outcome: string; socket?: import("node:net").Socket }>} */
function connectTcp(/** @type {Connect} */ { to, port, from, fromPort, timeoutMs }) {
  return new Promise((resolve) => {
    const own = { ...(from && { localAddress: from }), ...(fromPort && { localPort: fromPort }) };
    const socket = connect({ host: to, port, ...own });
    const timer = setTimeout(() => {
      socket.destroy();
      resolve({ outcome: "timeout" });
    }, timeoutMs);
    socket.on("connect", () => {
      clearTimeout(timer);
      resolve({ outcome: "open", socket });
    });
    socket.on("error", (error) => {
      clearTimeout(timer);
      resolve({ outcome: codeOf(error) });
    });
  });
}

/** @returns {Promise<string>} */
function askUdp(/** @type {Connect} */ { to, port, from, fromPort, timeoutMs }) {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(to) ? "udp6" : "udp4");
    const end = (/** @type {string} */ outcome) => {
      clearTimeout(timer);
      socket.close();
      resolve(outcome);
    };
    const timer = setTimeout(() => end("timeout"), timeoutMs);
    socket.on("message", () => end("open"));
    socket.on("error", (error) => end(codeOf(error)));
    const own = { ...(from && { address: from }), ...(fromPort && { port: fromPort }) };
    socket.bind(own, () => socket.send("ask", port, to));
  });
}

/** @returns {Promise<string>} */
function saySomething(/** @type {{ name: string; timeoutMs: number }} */ { name, timeoutMs }) {
  return new Promise((resolve) => {
    const socket = held.get(name);
    if (!socket || socket.destroyed) return resolve("gone");
    const timer = setTimeout(() => resolve("timeout"), timeoutMs);
    socket.once("data", () => {
      clearTimeout(timer);
      resolve("open");
    });
    socket.write("still there?");
  });
}

function codeOf(/** @type {Error} */ error) {
  return "code" in error ? String(error.code) : error.message;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, ...command } = JSON.parse(line);
  const answer = (/** @type {string} */ text) => process.stdout.write(`${JSON.stringify({ id, answer: text })}\n`);
  obey(command).then(answer, (error) => answer(`failed: ${error.message}`));
}
