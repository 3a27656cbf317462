import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { residentProcess } from "#dataplane/apply/resident-process.ts";
import { CommandFailedError } from "#dataplane/apply/run-command.ts";

const ask = (name: string) => ({ question: `${name}\n`, answer: name });

const ECHO_UNTIL_BAD = `
  let count = 0;
  require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
    count += 1;
    if (!line.includes("bad")) return console.log(line);
    process.stderr.write("Error in line " + count);
    process.exit(3);
  });
`;

describe("a resident process", () => {
  it("D8 answers one batch after another without being started again", async () => {
    const cat = residentProcess(["cat"]);
    for (let round = 0; round < 50; round += 1) await cat.feed({ text: "x\n".repeat(5_000), ...ask(`done ${round}`) });
    expect(cat.restarts).toBe(0);
    await cat.stop();
  });

  it("D8 that hangs is killed, and the failure says so", async () => {
    const hung = residentProcess(["sleep", "60"]);
    await expect(hung.feed({ text: "", ...ask("done") }, 50)).rejects.toThrow("no answer within 50 ms");
    await hung.stop();
  });

  it("D8 that ends before it answers is a failed command with its words and the refused line", async () => {
    const picky = residentProcess([process.execPath, "-e", ECHO_UNTIL_BAD]);
    await picky.feed({ text: "good\nbetter\n", ...ask("first") });
    const failure = await picky.feed({ text: "good\nbad one\n", ...ask("second") }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CommandFailedError);
    expect(failure).toMatchObject({ exitCode: 3, stderr: "Error in line 5\nbad one" });
    await picky.feed({ text: "good\n", ...ask("third") });
    expect(picky.restarts).toBe(1);
    await picky.stop();
  });

  it("D8 that cannot be started is a failed command", async () => {
    const missing = residentProcess(["no-such-program-here"]);
    await expect(missing.feed({ text: "", ...ask("done") })).rejects.toBeInstanceOf(CommandFailedError);
    await missing.stop();
  });

  it("D8 is known by the process it runs as and the one before, not by one that ended long ago", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tortie-resident-"));
    const file = join(folder, "pids");
    const noting = `require("node:fs").appendFileSync(process.argv[1], process.pid + " ");${ECHO_UNTIL_BAD}`;
    const mortal = residentProcess([process.execPath, "-e", noting, file]);
    for (const name of ["first", "second", "third"]) {
      await mortal.feed({ text: "good\n", ...ask(name) });
      if (name !== "third") await mortal.feed({ text: "bad\n", ...ask(name) }).catch(() => undefined);
    }
    const pids = (await readFile(file, "utf8")).trim().split(" ").map(Number);
    expect(pids.map(mortal.hasRunAs)).toEqual([false, true, true]);
    await mortal.stop();
    await rm(folder, { recursive: true });
  });
});
