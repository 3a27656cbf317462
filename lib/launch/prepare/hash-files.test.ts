import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isBuildSource } from "./build.mjs";
import { hashFiles } from "./hash-files.mjs";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tortie-hash-"));
  mkdirSync(join(folder, "lib", "deep"), { recursive: true });
  writeFileSync(join(folder, "lib", "one.ts"), "1");
  writeFileSync(join(folder, "lib", "deep", "two.ts"), "2");
  writeFileSync(join(folder, "package.json"), "{}");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the hash of the sources", () => {
  const entries = ["lib", "package.json", "not-there"];

  it("stays when only dates change", () => {
    const before = hashFiles(folder, entries);
    utimesSync(join(folder, "lib", "one.ts"), 1, 1);
    expect(hashFiles(folder, entries)).toBe(before);
  });

  it("does not depend on the order of the entries", () => {
    expect(hashFiles(folder, [...entries].reverse())).toBe(hashFiles(folder, entries));
  });

  it.each([
    ["a content changes", () => writeFileSync(join(folder, "lib", "deep", "two.ts"), "3")],
    ["a file appears", () => writeFileSync(join(folder, "lib", "three.ts"), "")],
    ["a file goes", () => rmSync(join(folder, "lib", "one.ts"))],
    ["bytes move from one file to the next", () => writeFileSync(join(folder, "lib", "one.ts"), "")],
  ])("changes when %s", (_, change) => {
    const before = hashFiles(folder, entries);
    change();
    expect(hashFiles(folder, entries)).not.toBe(before);
  });

  it("does not see what is not wanted", () => {
    const before = hashFiles(folder, entries, (path) => path.endsWith(".ts"));
    writeFileSync(join(folder, "package.json"), '{"name":"other"}');
    expect(hashFiles(folder, entries, (path) => path.endsWith(".ts"))).toBe(before);
  });
});

describe("what a build is made of", () => {
  it.each([
    ["lib/policy/evaluate.ts", true],
    ["app/layout.tsx", true],
    ["lib/launch/bundle.mjs", true],
    ["lib/policy/evaluate.test.ts", false],
    ["components/rules/rule-row.test.tsx", false],
    ["lib/policy/README.md", false],
    ["lib/launch/start.mjs", false],
    ["lib/testing/vitest.config.ts", false],
  ])("%s: %s", (path, isPart) => {
    expect(isBuildSource(path)).toBe(isPart);
  });
});
