/**
 * Bundles the two programs to `dist/`: few files load faster than many, and plain Node runs them. What a command does
 * not need stays in chunks that are never read. etcd3 stays outside: it reads its .proto beside itself.
 */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const chunks = join(root, "dist", "chunks");

const { outputFiles } = await build({
  absWorkingDir: root,
  entryPoints: { calicoctl: "lib/cli/main.ts", "tortie-agent": "lib/agent/main.ts" },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // jsonc-parser's main file hides its requires from any bundler; its module build does not.
  mainFields: ["module", "main"],
  external: ["etcd3", "cockatiel"],
  // The CommonJS packages inside the bundle call require. A long name: the minifier gives out short ones.
  banner: {
    js: 'import{createRequire as createRequireForBundle}from"node:module";const require=createRequireForBundle(import.meta.url);',
  },
  write: false,
  logLevel: "warning",
});

await mkdir(chunks, { recursive: true });
const written = new Set(outputFiles.map(({ path }) => basename(path)));
for (const { path, contents } of outputFiles) {
  await writeFile(path, contents, { mode: dirname(path) === chunks ? 0o644 : 0o755 });
}
// Last, and by name: a program that runs from here meanwhile still finds the chunks that did not change.
for (const name of await readdir(chunks)) {
  if (!written.has(name)) await rm(join(chunks, name));
}
