import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { LaunchError } from "../base/launch-error.mjs";
import { processIdentity } from "./process-identity.mjs";
import { createSupervisor } from "./supervisor.mjs";

const node = (script: string) => [process.execPath, "-e", script];
const forever = "setInterval(() => {}, 1000);";

describe("a supervised program", { timeout: 30_000 }, () => {
  let logDirectory = "";
  let troubles: string[] = [];
  let gaveUp: string[] = [];

  beforeEach(() => {
    logDirectory = mkdtempSync(join(tmpdir(), "tortie-supervisor-"));
    troubles = [];
    gaveUp = [];
  });
  afterEach(() => rmSync(logDirectory, { recursive: true, force: true }));

  const supervisor = (signal = new AbortController().signal) => {
    const made = createSupervisor({
      logDirectory,
      signal,
      onTrouble: (message) => troubles.push(message),
      onGiveUp: (error, spec) => gaveUp.push(`${spec.name}: ${error.message}`),
    });
    onTestFinished(() => made.stopAll());
    return made;
  };
  const log = (name: string) => readFileSync(join(logDirectory, `${name}.log`), "utf8");
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it("is started again when it ends by itself", async () => {
    await supervisor().start({ name: "short", argv: node("console.log('hello'); process.exitCode = 3;") });
    await until(() => log("short").match(/hello/g)?.length === 2);
    expect(troubles[0]).toBe("short ended (code 3); starting it again.");
  });

  it("is given up when it keeps ending", async () => {
    await supervisor().start({ name: "hopeless", argv: node("process.exitCode = 1;") });
    await until(() => gaveUp.length > 0);
    expect([gaveUp, troubles.length]).toEqual([["hopeless: hopeless keeps ending (code 1)."], 5]);
  });

  it("that ends before it was ready is an error with its last words, and with what to do", async () => {
    const started = supervisor().start({
      name: "broken",
      argv: node("console.error('wal: crc mismatch'); process.exitCode = 1;"),
      isReady: async () => false,
      advice: ["move it away"],
    });
    await expect(started).rejects.toBeInstanceOf(LaunchError);
    await expect(started).rejects.toMatchObject({
      message: "broken did not start.",
      advice: ["wal: crc mismatch", "move it away", expect.stringContaining("broken.log")],
    });
  });

  it("whose file is not there is an error too, and not a crash", async () => {
    const started = supervisor().start({ name: "absent", argv: ["/no/such/program"], isReady: async () => false });
    await expect(started).rejects.toMatchObject({ message: "absent did not start." });
  });

  it("is waited for until it is ready, and no longer when somebody stops us", async () => {
    let asked = 0;
    const isReady = async () => {
      asked += 1;
      return asked === 3;
    };
    await supervisor().start({ name: "slow", argv: node(forever), isReady });
    expect(asked).toBe(3);
    const stopped = new AbortController();
    const waiting = supervisor(stopped.signal).start({
      name: "never",
      argv: node(forever),
      isReady: async () => false,
    });
    stopped.abort(new Error("stopped by SIGINT"));
    await expect(waiting).rejects.toThrow("stopped by SIGINT");
  });

  it("gets our messages and is heard", async () => {
    const heard: unknown[] = [];
    const service = await supervisor().start({
      name: "echo",
      argv: node("process.on('message', (message) => process.send({ echoed: message }));"),
      onMessage: (message) => heard.push(message),
    });
    service.send("ping");
    await until(() => heard.length > 0);
    expect(heard).toEqual([{ echoed: "ping" }]);
  });

  it("that does not end when asked is ended by force, with what it started", async () => {
    const order: unknown[] = [];
    const made = supervisor();
    const child = "require('child_process').spawn('sleep', ['60'])";
    await made.start({
      name: "stubborn",
      argv: node(`process.on('SIGTERM', () => {}); process.send(${child}.pid); ${forever}`),
      onMessage: (message) => order.push(message),
      stopGraceMs: 50,
    });
    await until(() => order.length === 1);
    await made.stopAll();
    await until(() => processIdentity(Number(order[0])) === undefined);
    expect(troubles).toEqual([]);
  });

  it("is stopped after those that were started later", async () => {
    const order: string[] = [];
    const made = supervisor();
    for (const name of ["first", "second"]) {
      await made.start({
        name,
        argv: node(
          `process.on('SIGTERM', () => process.send('down', () => process.exit(0))); process.send('up'); ${forever}`,
        ),
        onMessage: (message) => order.push(`${name} ${message}`),
      });
    }
    await until(() => order.length === 2);
    await made.stopAll();
    await until(() => order.length === 4);
    expect(order.slice(2)).toEqual(["second down", "first down"]);
    expect(troubles).toEqual([]);
  });
});
