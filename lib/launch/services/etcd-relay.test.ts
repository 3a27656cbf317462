import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { parseEtcdEndpoints, reachableAddress, startEtcdRelay } from "./etcd-relay.mjs";

describe("ETCD_ENDPOINTS", () => {
  it.each([
    ["http://127.0.0.1:2379", [{ scheme: "http", host: "127.0.0.1", port: 2379 }]],
    ["http://etcd", [{ scheme: "http", host: "etcd", port: 2379 }]],
    ["http://etcd:80/", [{ scheme: "http", host: "etcd", port: 80 }]],
    ["https://[fd00::1]:4001", [{ scheme: "https", host: "fd00::1", port: 4001 }]],
    ["unix:/run/etcd.sock", [{ scheme: "unix", path: "/run/etcd.sock" }]],
    ["unix:///run/etcd.sock", [{ scheme: "unix", path: "/run/etcd.sock" }]],
    [
      "http://a:1, http://b:2",
      [
        { scheme: "http", host: "a", port: 1 },
        { scheme: "http", host: "b", port: 2 },
      ],
    ],
  ])("%s", (text, addresses) => {
    expect(parseEtcdEndpoints(text)).toEqual(addresses);
  });

  it.each(["127.0.0.1:2379", "ftp://etcd", "http://", "etcd"])("%s is refused", (text) => {
    expect(() => parseEtcdEndpoints(text)).toThrow("is no address of an etcd");
  });
});

describe("the relay", () => {
  const folder = mkdtempSync(join(tmpdir(), "tortie-relay-"));
  const servers: Server[] = [];

  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
    rmSync(folder, { recursive: true, force: true });
  });

  it("passes bytes both ways to the first address that answers, and hangs up with it", async () => {
    const shouting = createServer((socket) => {
      socket.once("data", (bytes) => socket.end(bytes.toString().toUpperCase()));
    });
    servers.push(shouting);
    await new Promise<void>((done) => shouting.listen(0, "127.0.0.1", done));
    const bound = shouting.address();
    const answering = {
      scheme: "http",
      host: "127.0.0.1",
      port: typeof bound === "object" ? (bound?.port ?? 0) : 0,
    } as const;
    const silent = { scheme: "unix", path: join(folder, "nobody.sock") } as const;
    expect(await reachableAddress([silent, answering])).toEqual(answering);
    expect(await reachableAddress([silent])).toBeUndefined();

    const relay = await startEtcdRelay(join(folder, "etcd.sock"), [silent, answering]);
    const answer = await new Promise<string>((done) => {
      let text = "";
      const socket = connect(join(folder, "etcd.sock"), () => socket.write("hello"));
      socket.on("data", (bytes) => {
        text += bytes.toString();
      });
      socket.on("close", () => done(text));
    });
    relay.close();
    expect(answer).toBe("HELLO");
  });
});
