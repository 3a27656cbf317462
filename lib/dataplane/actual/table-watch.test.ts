import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { authorOf, hasSubscribed, tableWatch } from "#dataplane/actual/table-watch.ts";

describe("what xtables-monitor prints", () => {
  it.each([
    ["NEWGEN: GENID=7 PID=16002 NAME=iptables", 16_002],
    ["NEWGEN: GENID=8 PID=1 NAME=a b PID=3 c", 1],
    ["NEWGEN: GENID=9", Number.NaN],
    [" EVENT: -6 -t filter -A FORWARD -j DROP", undefined],
    ['# -A FORWARD -m comment --comment "NEWGEN: PID=3 "', undefined],
  ])("%s", (line, author) => {
    expect(authorOf(line)).toBe(author);
  });
});

describe("whether a monitor listens", () => {
  const sockets = `sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode
00000000abcdef00 12  501        00000000 0        0        0     2        0        1233
00000000abcdef01 12  2201353257 00000040 0        0        0     2        0        1234
00000000abcdef03 0   503        00000440 0        0        0     2        0        1236
`;
  it.each([
    ["its second socket is told of tables", ["1233", "1234"], true],
    ["its socket asks and is told nothing", ["1233"], false],
    ["its socket hears of routes", ["1236"], false],
    ["the listening socket is another's", ["1240"], false],
  ])("%s", (_, inodes, listens) => {
    expect(hasSubscribed(sockets, new Set(inodes))).toBe(listens);
  });
});

describe("a watch whose program cannot listen", () => {
  it("always has news, and stops trying", async () => {
    const folder = mkdtempSync(join(tmpdir(), "watch-"));
    const program = join(folder, "monitor");
    const starts = join(folder, "starts");
    writeFileSync(program, `#!/bin/sh\necho start >> ${starts}\n`, { mode: 0o755 });
    const watch = tableWatch([program], () => true);
    for (let asked = 0; asked < 6; asked += 1) expect(await watch.takeNews(false)).toBe(true);
    await watch.stop();
    expect(readFileSync(starts, "utf8").trim().split("\n")).toHaveLength(3);
    rmSync(folder, { recursive: true });
  });

  it("is stopped while its program starts: the program ends, and no other starts", async () => {
    const folder = mkdtempSync(join(tmpdir(), "watch-"));
    const [program, starts] = [join(folder, "monitor"), join(folder, "starts")];
    // Never listens, and would live for longer than this test may take.
    writeFileSync(program, `#!/bin/sh\necho $$ >> ${starts}\nexec sleep 60\n`, { mode: 0o755 });
    const watch = tableWatch([program], () => true);
    const asked = watch.takeNews(false);
    while (!existsSync(starts) || readFileSync(starts, "utf8") === "") await pause(5);
    const pid = Number(readFileSync(starts, "utf8"));
    await watch.stop();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect(await asked).toBe(true);
    expect(await watch.takeNews(false)).toBe(true);
    expect(readFileSync(starts, "utf8").trim().split("\n")).toHaveLength(1);
    rmSync(folder, { recursive: true });
  });

  it("kills a program that will not end", async () => {
    const folder = mkdtempSync(join(tmpdir(), "watch-"));
    const [program, starts] = [join(folder, "monitor"), join(folder, "starts")];
    writeFileSync(
      program,
      `#!/bin/sh\ntrap '' TERM\necho $$ >> ${starts}\nwhile :; do read x < ${folder}/pipe; done\n`,
      {
        mode: 0o755,
      },
    );
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const watch = tableWatch([program], () => true);
    const asked = watch.takeNews(false);
    while (!existsSync(starts) || readFileSync(starts, "utf8") === "") await pause(5);
    await watch.stop();
    expect(() => process.kill(Number(readFileSync(starts, "utf8")), 0)).toThrow("ESRCH");
    await asked;
    rmSync(folder, { recursive: true });
  });

  it("always has news where there is no such program", async () => {
    const watch = tableWatch(["/nowhere/xtables-monitor"], () => true);
    expect(await watch.takeNews(false)).toBe(true);
    expect(await watch.takeNews(false)).toBe(true);
    await watch.stop();
  });
});
