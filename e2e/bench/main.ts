/*
 * `npm run bench -- NAME [options]`. Every folder here with a `bench.ts` is a benchmark; it exports `bench(args)` and
 * prints figures. Nothing is asserted: figures depend on the machine, ratios to a floor of the same run less so.
 */
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What a benchmark's `bench.ts` exports. */
type BenchModule = { readonly bench: (args: readonly string[]) => Promise<void> };

const here = fileURLToPath(new URL(".", import.meta.url));
const names = readdirSync(here)
  .filter((name) => existsSync(`${here}${name}/bench.ts`))
  .sort();

const [name, ...args] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  process.stderr.write(`usage: npm run bench -- NAME [options]\n${names.map((known) => `  ${known}\n`).join("")}`);
  process.exitCode = 2;
} else {
  const module: BenchModule = await import(`./${name}/bench.ts`);
  await module.bench(args);
}
