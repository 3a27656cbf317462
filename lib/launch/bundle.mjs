/**
 * Bundles the two programs to `dist/`: few files load faster than many, and plain Node runs them. What a command does
 * not need stays in chunks of its own that are never read. etcd3 stays outside: it reads its .proto beside itself.
 */
import { chmod, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const entryPoints = { calicoctl: "lib/cli/main.ts", "tortie-agent": "lib/agent/main.ts" };

await rm(`${root}dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints,
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  minify: true,
  keepNames: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // Its packages would be found beside the bundle, not beside etcd3, if they were bundled too.
  external: ["etcd3", "cockatiel"],
  // CommonJS packages inside the bundle call require.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  logLevel: "warning",
});
for (const name of Object.keys(entryPoints)) await chmod(`${root}dist/${name}.js`, 0o755);
