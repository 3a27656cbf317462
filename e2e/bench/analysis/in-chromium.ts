import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build } from "esbuild";

type Timings = { readonly pairs: readonly number[]; readonly findings: readonly number[] };

/** Runs what-if-in-page.ts, bundled, in a page of the system's Chromium. */
export async function whatIfInChromium(): Promise<Timings> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./what-if-in-page.ts", import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
  });
  const browser = await chromium.launch({
    executablePath: process.env.TORTIE_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
    return await page.evaluate(() => (globalThis as unknown as { timeWhatIf: () => Timings }).timeWhatIf());
  } finally {
    await browser.close();
  }
}
