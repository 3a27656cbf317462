import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEtcd, type TestEtcd } from "#store/testing/start-etcd.ts";
import { parseTranscript } from "./support/parse-transcript.ts";
import { runCalicoctl } from "./support/run-calicoctl.ts";

const read = (name: string) => readFile(new URL(name, import.meta.url), "utf8");
const steps = parseTranscript(await read("seed-walkthrough.txt"));

describe("the walkthrough, typed line by line", () => {
  let etcd: TestEtcd;
  beforeAll(async () => {
    etcd = await startEtcd();
  });
  afterAll(() => etcd.stop());

  it.each(steps)("$line", async ({ argv, inputFile, output }) => {
    const stdin = inputFile === undefined ? {} : { stdin: await read(inputFile) };
    const ran = await runCalicoctl(argv, { endpoint: etcd.endpoint, ...stdin });
    expect(ran).toEqual({ exitCode: 0, stdout: output, stderr: "" });
  });
});
