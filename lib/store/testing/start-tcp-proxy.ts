import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A wire between a client and a server that a test can cut, or listen at. */
export interface TcpProxy {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Accepts connections again. */
  restore(): void;
  /** Asks before each piece of a reply whether it may pass; `cut` breaks its connection instead. */
  onReply(decide: () => Promise<"pass" | "cut">): void;
  stop(): Promise<void>;
}

/** Starts a proxy to `http://127.0.0.1:<port>`. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const targetPort = Number(new URL(target).port);
  const sockets = new Set<Socket>();
  let isCut = false;
  let decide: () => Promise<"pass" | "cut"> = async () => "pass";
  const server = createServer((client) => {
    const upstream = connect(targetPort, "127.0.0.1");
    const pair = [client, upstream];
    const end = () => {
      for (const socket of pair) {
        sockets.delete(socket);
        socket.destroy();
      }
    };
    if (isCut) return end();
    for (const socket of pair) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on("error", end);
      socket.on("close", end);
    }
    client.pipe(upstream);
    let tail = Promise.resolve();
    upstream.on("data", (chunk: Buffer) => {
      tail = tail.then(async () => {
        if ((await decide()) === "cut") end();
        else client.write(chunk);
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    restore() {
      isCut = false;
    },
    onReply(next) {
      decide = next;
    },
    async stop() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
