import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import config from "../../.dependency-cruiser.mjs";

/** One forbidden import per rule: [importing file, imported file or module]. */
const violations: Record<string, readonly [from: string, to: string]> = {
  "no-cycles": ["lib/policy/cycle-a.ts", "lib/policy/cycle-b.ts"],
  "pure-layers-never-reach-io": ["lib/analysis/reach.ts", "lib/analysis/step.ts"],
  "pure-layers-use-no-core": ["lib/policy/core.ts", "node:fs"],
  "pure-layers-use-allowed-packages": ["lib/policy/package.ts", "some-package"],
  "prelude-knows-nothing": ["lib/prelude/domain.ts", "lib/policy/leaf.ts"],
  "policy-stands-alone": ["lib/policy/judge.ts", "lib/analysis/leaf.ts"],
  "analysis-sees-the-model": ["lib/analysis/store.ts", "lib/store/leaf.ts"],
  "dataplane-is-pure-or-a-shell": ["lib/dataplane/apply/store.ts", "lib/store/leaf.ts"],
  "only-store-etcd-sees-etcd3": ["lib/operations/etcd.ts", "etcd3"],
  "store-knows-no-caller": ["lib/store/asker.ts", "lib/operations/leaf.ts"],
  "operations-see-ports": ["lib/operations/adapter.ts", "lib/store/etcd/leaf.ts"],
  "doors-ignore-each-other": ["lib/cli/web.ts", "lib/web/leaf.ts"],
  "web-and-cli-leave-the-kernel-alone": ["lib/web/kernel.ts", "lib/dataplane/apply/leaf.ts"],
  "agent-needs-no-web": ["lib/agent/operations.ts", "lib/operations/leaf.ts"],
  "only-actual-and-apply-run-commands": ["lib/store/exec.ts", "node:child_process"],
  "the-browser-has-one-door": ["components/store.ts", "lib/store/leaf.ts"],
  "components-use-no-core": ["components/core.ts", "node:fs"],
  "queries-are-browser-code": ["lib/web/queries/store.ts", "lib/store/leaf.ts"],
  "launch-stands-alone": ["lib/launch/policy.ts", "lib/policy/leaf.ts"],
  "nobody-imports-launch": ["lib/cli/launch.ts", "lib/launch/leaf.ts"],
  "no-test-imports": ["lib/cli/fake.ts", "lib/store/testing/leaf.ts"],
  "app-wires-only": ["app/store.ts", "lib/store/leaf.ts"],
};

let root: string;
let fired: ReadonlySet<string>;

function writeSource(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function importLine(from: string, to: string): string {
  const isModule = !to.includes("/") || to.startsWith("node:");
  const up = "../".repeat(from.split("/").length - 1);
  return `import * as imported from "${isModule ? to : `${up}${to}`}";\nexport const kept = imported;\n`;
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "tortie-canary-"));
  writeSource(
    "package.json",
    JSON.stringify({ name: "canary", type: "module", dependencies: { etcd3: "1", "some-package": "1" } }),
  );
  writeSource(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: {
        module: "esnext",
        moduleResolution: "bundler",
        allowImportingTsExtensions: true,
        noEmit: true,
      },
    }),
  );
  for (const name of ["etcd3", "some-package"]) {
    writeSource(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version: "1.0.0", type: "module", main: "index.js" }),
    );
    writeSource(`node_modules/${name}/index.js`, "export const nothing = 0;\n");
  }
  for (const [from, to] of Object.values(violations)) {
    if (to.includes("leaf")) writeSource(to, "export const leaf = 0;\n");
    writeSource(from, importLine(from, to));
  }
  writeSource("lib/policy/cycle-b.ts", importLine("lib/policy/cycle-b.ts", "lib/policy/cycle-a.ts"));
  writeSource("lib/analysis/step.ts", importLine("lib/analysis/step.ts", "lib/store/leaf.ts"));
  const result = await cruise(
    ["lib", "components", "app"],
    { ...config.options, baseDir: root, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } },
    { conditionNames: ["import"] },
  );
  const output = result.output as ICruiseResult;
  fired = new Set(output.summary.violations.map((violation) => violation.rule.name));
}, 60_000);

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the boundary rules", () => {
  it("have one canary each", () => {
    expect(Object.keys(violations).sort()).toEqual((config.forbidden ?? []).map((rule) => rule.name ?? "").sort());
  });

  it.each(Object.keys(violations))("%s fires on a forbidden import", (name) => {
    expect([...fired]).toContain(name);
  });
});
