import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCalicoctl } from "../cli/support/run-calicoctl.ts";
import { leftOvers, namespacesOf, newVisitor, type Terminal, type Visitor } from "./support/visitor.ts";

const isUp = /outside → app {2}\S+/;

describe("npm start", () => {
  let visitor: Visitor;
  let terminal: Terminal;
  const calicoctl = (...argv: readonly string[]) => runCalicoctl(argv, { endpoint: visitor.etcdEndpoint });

  beforeAll(async () => {
    visitor = await newVisitor();
    terminal = visitor.start();
    await terminal.sees(isUp);
  });
  afterAll(() => visitor.leave());

  it("tells what it did, where the board is, what to try and how to stop", () => {
    const text = terminal.text();
    for (const step of ["Debian packages", "npm packages", "Build", "etcd", "Board", "Playground"]) {
      expect(text).toMatch(new RegExp(`✓ ${step}`));
    }
    expect(text).toContain(`Open   ${visitor.boardUrl}`);
    expect(text).toContain("npx calicoctl profile add WEB");
    expect(text).toContain("npm run playground -- web app 7890");
    expect(text).toContain("Ctrl-C");
  });

  it("serves the board", async () => {
    const response = await fetch(visitor.boardUrl, { headers: { accept: "text/html" } });
    expect([response.status, (await response.text()).includes("Tortie")]).toEqual([200, true]);
  });

  it("serves styles and scripts, which the build leaves elsewhere", async () => {
    const page = await (await fetch(visitor.boardUrl)).text();
    const files = [...page.matchAll(/(?:href|src)="(\/_next\/static\/[^"]+)"/g)].map((match) => String(match[1]));
    const statuses = await Promise.all(files.map(async (file) => (await fetch(visitor.boardUrl + file)).status));
    expect(files.length).toBeGreaterThan(2);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it("registers the playground's two endpoints, and no profile", async () => {
    const endpoints = JSON.parse((await calicoctl("endpoint", "show", "--json")).stdout).endpoints;
    expect(
      endpoints.map((entry: { endpoint: string; value: { profile_ids: string[] } }) => [
        entry.endpoint,
        entry.value.profile_ids,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ["web", ["WEB"]],
        ["app", ["APP"]],
      ]),
    );
    expect((await calicoctl("profile", "show")).stdout).not.toMatch(/WEB|APP/);
  });

  it("gives the embedded etcd no door for web pages", async () => {
    const body = JSON.stringify({ key: "eA==", value: "eA==" });
    const gateway = await fetch(`${visitor.etcdEndpoint}/v3/kv/put`, { method: "POST", body });
    expect(gateway.status).toBe(404);
  });

  it("stops at Ctrl-C, and leaves no process, no namespace and no record", async () => {
    const runId = visitor.runId();
    expect(namespacesOf(runId)).toHaveLength(4);
    expect((await calicoctl("profile", "add", "KEPT")).exitCode).toBe(0);
    process.kill(-terminal.pid, "SIGINT");
    expect(await terminal.ended()).toBe(0);
    expect(leftOvers(runId)).toEqual([]);
    expect(existsSync(join(visitor.dataDirectory, "run.json"))).toBe(false);
  });

  it("a second time installs and builds nothing, and finds the data of the first", async () => {
    terminal = visitor.start();
    await terminal.sees(isUp);
    expect(terminal.text()).toMatch(
      /Debian packages: all present[\s\S]*npm packages: already installed[\s\S]*Build: up to date/,
    );
    expect((await calicoctl("profile", "show")).stdout).toContain("KEPT");
  });

  it("after kill -9 cleans up what the killed run left, and nothing else", async () => {
    const killed = visitor.runId();
    const other = await newVisitor();
    const beside = other.start();
    try {
      await beside.sees(isUp);
      process.kill(visitor.launcherPid(), "SIGKILL");
      await terminal.ended();
      expect(leftOvers(killed).length).toBeGreaterThan(6);

      terminal = visitor.start();
      await terminal.sees(isUp);
      expect(terminal.text()).toMatch(/an earlier run was killed: ended \d+ programs of it and removed 4 namespaces/);
      expect(leftOvers(killed)).toEqual([]);
      expect(namespacesOf(other.runId())).toHaveLength(4);
      expect((await calicoctl("profile", "show")).stdout).toContain("KEPT");
    } finally {
      await other.leave();
    }
  });
});
