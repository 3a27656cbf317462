import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startEtcd } from "#store/testing/start-etcd.ts";
import { runCalicoctl } from "../cli/support/run-calicoctl.ts";
import { leftOvers, newVisitor, type Visitor } from "./support/visitor.ts";

describe("npm start says what is in the way, what to do, and exits with 1", () => {
  let visitor: Visitor;
  const servers: Server[] = [];

  beforeEach(async () => {
    visitor = await newVisitor();
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
    await visitor.leave();
  });

  const occupy = async (port: number) => {
    const server = createServer();
    servers.push(server);
    await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  };
  const refusal = async (env: Readonly<Record<string, string>> = {}) => {
    const terminal = visitor.start(env);
    expect(await terminal.ended()).toBe(1);
    return terminal.text();
  };

  it("when the board's port is taken: by whom, and how to choose another", async () => {
    await occupy(visitor.boardPort);
    const text = await refusal();
    expect(text).toMatch(
      new RegExp(`Port ${visitor.boardPort} \\(the board\\) is taken by .*\\(process ${process.pid}\\)`),
    );
    expect(text).toContain(`PORT=${visitor.boardPort + 100} npm start`);
  });

  it("when etcd's port is taken: how to use that one, or another port", async () => {
    await occupy(visitor.etcdPort);
    const text = await refusal();
    expect(text).toContain(`Port ${visitor.etcdPort} (the embedded etcd) is taken`);
    expect(text).toContain(`ETCD_ENDPOINTS=http://127.0.0.1:${visitor.etcdPort} npm start`);
    expect(text).toContain("TORTIE_ETCD_PORT=");
  });

  it("when PORT is no port", async () => {
    expect(await refusal({ PORT: "80:80" })).toContain("PORT=80:80 is not a port");
  });

  it("when the data directory is a file", async () => {
    const file = join(visitor.dataDirectory, "file");
    writeFileSync(file, "");
    const text = await refusal({ TORTIE_DATA_DIR: file });
    expect(text).toContain(`The data directory ${file} cannot be used`);
    expect(text).toContain("TORTIE_DATA_DIR=/some/folder npm start");
  });

  it("when etcd's data is damaged: etcd's own words, and how to set the data aside", async () => {
    const member = join(visitor.dataDirectory, "etcd", "member");
    for (const part of ["snap", "wal"]) {
      mkdirSync(join(member, part), { recursive: true, mode: 0o700 });
    }
    chmodSync(join(visitor.dataDirectory, "etcd"), 0o700);
    writeFileSync(join(member, "wal", "0000000000000000-0000000000000000.wal"), "nonsense".repeat(64));
    const text = await refusal();
    expect(text).toContain("etcd did not start");
    expect(text).toContain("wal: ");
    expect(text).toContain(`mv ${join(visitor.dataDirectory, "etcd")}`);
  });

  it("when another file stands where the record of the run belongs", async () => {
    writeFileSync(join(visitor.dataDirectory, "run.json"), "nonsense");
    expect(await refusal()).toContain("run.json is not a record of ours");
  });

  it("when nobody answers at ETCD_ENDPOINTS", async () => {
    const text = await refusal({ ETCD_ENDPOINTS: visitor.etcdEndpoint });
    expect(text).toContain(`No etcd answers at ETCD_ENDPOINTS=${visitor.etcdEndpoint}`);
  });

  it("when ETCD_ENDPOINTS is no address", async () => {
    expect(await refusal({ ETCD_ENDPOINTS: "localhost:2379" })).toContain('"localhost:2379", which is no address');
  });

  it("when it runs already on this data directory, without disturbing the first", async () => {
    const first = visitor.start({ TORTIE_PLAYGROUND: "no" });
    await first.sees(/Stop {3}Ctrl-C/);
    const text = await refusal();
    expect(text).toContain(`Tortie runs already on this data directory: ${visitor.boardUrl}`);
    expect(text).toContain(`kill ${visitor.launcherPid()}`);
    expect((await fetch(visitor.boardUrl)).status).toBe(200);
  });
});

describe("npm start with less than everything runs the rest", () => {
  let visitor: Visitor;
  const isUp = /Stop {3}Ctrl-C/;

  beforeEach(async () => {
    visitor = await newVisitor();
  });
  afterEach(() => visitor.leave());

  it("without root: no playground, and it says so", async () => {
    // In a user namespace without a mapping we are nobody, and our files are still ours.
    const terminal = visitor.type(["unshare", "--user", process.execPath, "lib/launch/start.mjs"]);
    await terminal.sees(isUp);
    expect(terminal.text()).toContain("No playground and no agent: it needs root");
    expect((await fetch(visitor.boardUrl)).status).toBe(200);
  });

  it("with an etcd that other nodes use: leaves it alone", async () => {
    const etcd = await startEtcd();
    try {
      await runCalicoctl(["endpoint", "add", "db", "--host=rack1", "--interface=cali1", "--ip=10.0.0.1"], {
        endpoint: etcd.endpoint,
      });
      const terminal = visitor.start({ ETCD_ENDPOINTS: etcd.endpoint });
      await terminal.sees(isUp);
      expect(terminal.text()).toContain("the store holds endpoints of other nodes (rack1)");
      const shown = await runCalicoctl(["endpoint", "show"], { endpoint: etcd.endpoint });
      expect(shown.stdout).not.toContain("playground");
    } finally {
      await visitor.leave();
      await etcd.stop();
    }
  });

  it("with an empty etcd of the visitor's: the playground too, and its endpoints go with it", async () => {
    const etcd = await startEtcd();
    try {
      const terminal = visitor.start({ ETCD_ENDPOINTS: etcd.endpoint });
      await terminal.sees(/outside → app {2}nothing/);
      const shown = await runCalicoctl(["endpoint", "show"], { endpoint: etcd.endpoint });
      expect(shown.stdout.match(/playground/g)).toHaveLength(2);
      const runId = visitor.runId();
      process.kill(-terminal.pid, "SIGTERM");
      expect(await terminal.ended()).toBe(0);
      expect(leftOvers(runId)).toEqual([]);
      const after = await runCalicoctl(["endpoint", "show"], { endpoint: etcd.endpoint });
      expect(after.stdout).not.toContain("playground");
    } finally {
      await visitor.leave();
      await etcd.stop();
    }
  });

  it("stopped in the middle of its start, it leaves nothing", async () => {
    const terminal = visitor.start();
    await terminal.sees(/✓ Board/);
    const runId = visitor.runId();
    process.kill(-terminal.pid, "SIGINT");
    expect(await terminal.ended()).toBe(0);
    expect(leftOvers(runId)).toEqual([]);
    expect(readdirSync(visitor.dataDirectory).sort()).toEqual(["etcd", "logs"]);
  });

  it("an unwritable temporary folder is the visitor's to put right, not a stack trace", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tortie-no-"));
    rmSync(folder, { recursive: true });
    const terminal = visitor.start({ TMPDIR: folder });
    expect(await terminal.ended()).toBe(1);
    expect(terminal.text()).toContain(folder);
    expect(terminal.text()).not.toContain("    at ");
  });
});
