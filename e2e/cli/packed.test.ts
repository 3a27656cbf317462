import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEtcd, type TestEtcd } from "#store/testing/start-etcd.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the package that npm pack makes", () => {
  let etcd: TestEtcd;
  let folder: string;
  beforeAll(async () => {
    etcd = await startEtcd();
    folder = await mkdtemp(join(tmpdir(), "tortie-pack-"));
    // The set-up has built already; npm's own files stay in the folder, so that nothing else is touched.
    await run("npm", ["pack", "--ignore-scripts", `--pack-destination=${folder}`], { cwd: root });
    const [tarball = ""] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
    await run("tar", ["--extract", "--gzip", `--file=${tarball}`], { cwd: folder });
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  });
  afterAll(async () => {
    await etcd.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("holds the programs and no sources", async () => {
    const files = await readdir(join(folder, "package"), { recursive: true });
    expect(files).toEqual(
      expect.arrayContaining(["dist/calicoctl.js", "dist/tortie-agent.js", "README.md", "LICENSE"]),
    );
    expect(files.filter((name) => /\.tsx?$|^(lib|app|e2e)\b/.test(name))).toEqual([]);
  });

  it("has a calicoctl that runs as a program and talks to etcd", async () => {
    const program = join(folder, "package", "dist", "calicoctl.js");
    const env = { ...process.env, ETCD_ENDPOINTS: etcd.endpoint };
    expect((await run(program, ["profile", "add", "WEB"], { env })).stdout).toBe("Created profile WEB\n");
    expect((await run(program, ["profile", "WEB", "tag", "show"], { env })).stdout).toBe("WEB\n");
  });
});
