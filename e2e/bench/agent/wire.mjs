// Receives or sends UDP packets inside a namespace, or opens connections, for figures. Times are of the machine's clock.
import { createSocket } from "node:dgram";
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";

const [role = "", to = "0.0.0.0"] = process.argv.slice(2);
const now = () => Number(process.hrtime.bigint()) / 1e6;
const say = (/** @type {object} */ value) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** Answers the first packet of each number: the number is the packet's text, so one port serves all. */
function receive(/** @type {number} */ port) {
  let lastHeard = "";
  const socket = createSocket("udp4");
  socket.on("message", (message) => {
    const text = message.toString();
    if (text !== lastHeard) say({ heard: text, at: now() });
    lastHeard = text;
  });
  socket.bind(port, () => say({ ready: port }));
}

/** One packet a millisecond to a port, from an address, until the next command. */
let sending = 0;
function send(/** @type {{ port: number; from: string; text: string }} */ { port, from, text }) {
  sending += 1;
  const own = sending;
  const socket = createSocket("udp4");
  const next = () => {
    if (own !== sending) return socket.close();
    socket.send(text, port, to);
    setTimeout(next, 1);
  };
  socket.bind(0, from, next);
}

async function connections(/** @type {{ port: number; count: number }} */ { port, count }) {
  const startedAt = now();
  for (let index = 0; index < count; index += 1) {
    await new Promise((resolve, reject) => {
      const socket = connect(port, to, () => {
        socket.resetAndDestroy();
        resolve(undefined);
      });
      socket.on("error", reject);
    });
  }
  say({ done: count, ms: now() - startedAt });
}

createInterface({ input: process.stdin }).on("line", (line) => {
  const command = JSON.parse(line);
  if (command.listen)
    createServer((socket) => socket.on("error", () => undefined)).listen(command.listen, "0.0.0.0", () =>
      say({ ready: command.listen }),
    );
  else if (role === "receive") receive(command.port);
  else if (command.count) void connections(command);
  else if (command.stop) sending += 1;
  else send(command);
});
say({ up: role });
