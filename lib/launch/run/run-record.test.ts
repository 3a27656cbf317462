import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isSameProcess, processesWith, processIdentity } from "./process-identity.mjs";
import { claimRecord, isRunning, parseRecord, readRecord, removeRecord } from "./run-record.mjs";

const us = processIdentity(process.pid) ?? { pid: 0, startedAt: "", bootId: "" };
const record = {
  runId: "0a1b2c",
  launcher: us,
  socketDirectory: "/tmp/tortie-x",
  boardUrl: "http://127.0.0.1:3000",
  etcdEndpoints: "http://127.0.0.1:2379",
};

describe("a process", () => {
  it("is known again", () => {
    expect(isSameProcess(us)).toBe(true);
  });

  it("is another one when its id was used again after a while, or after a reboot", () => {
    expect(isSameProcess({ ...us, startedAt: "1" })).toBe(false);
    expect(isSameProcess({ ...us, bootId: "another boot" })).toBe(false);
  });

  it("is gone when nobody has its id", () => {
    expect(processIdentity(2 ** 22 + 1)).toBeUndefined();
  });

  it("is found by its mark, and only by the whole of it", async () => {
    const value = `test-${process.pid}`;
    const child = spawn("sleep", ["30"], { env: { ...process.env, TORTIE_TEST_MARK: value } });
    try {
      await new Promise((done) => child.once("spawn", done));
      expect(processesWith("TORTIE_TEST_MARK", value)).toEqual([child.pid]);
      expect(processesWith("TORTIE_TEST_MARK", value.slice(0, -1))).toEqual([]);
    } finally {
      child.kill();
    }
  });
});

describe("the record of a run", () => {
  let folder = "";
  let file = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tortie-record-"));
    file = join(folder, "run.json");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is read as it was written, and leaves no other file", () => {
    expect(claimRecord(file, record)).toBe(true);
    expect(readRecord(file)).toEqual(record);
    expect(readdirSync(folder)).toEqual(["run.json"]);
  });

  it("is not taken from the run that has it", () => {
    claimRecord(file, record);
    expect(claimRecord(file, { ...record, runId: "ffffff" })).toBe(false);
    expect(readRecord(file)).toMatchObject({ runId: "0a1b2c" });
  });

  it("tells a run that goes on from one that was killed", () => {
    expect(isRunning(record)).toBe(true);
    expect(isRunning({ ...record, launcher: { ...us, startedAt: "1" } })).toBe(false);
  });

  it("is removed by its own run only", () => {
    claimRecord(file, record);
    removeRecord(file, "ffffff");
    expect(readRecord(file)).toMatchObject({ runId: "0a1b2c" });
    removeRecord(file, "0a1b2c");
    expect(readdirSync(folder)).toEqual([]);
    removeRecord(file, "0a1b2c");
  });

  it.each(["", "{", "[]", "null", '{"runId":"../../x","launcher":{"pid":1}}', '{"runId":"0a1b2c"}'])(
    "is not ours when it reads %j",
    (text) => {
      writeFileSync(file, text);
      expect(readRecord(file)).toBe("unreadable");
    },
  );

  it("with a run id that could name something else is refused", () => {
    expect(parseRecord(JSON.stringify({ ...record, runId: "0a1b2c d" }))).toBeUndefined();
    expect(parseRecord(JSON.stringify(record))).toEqual(record);
  });
});
