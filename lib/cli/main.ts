#!/usr/bin/env node
import { readFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { readText } from "#cli/input/read-text.ts";
import type { CliIo } from "#cli/ports/cli-io.ts";
import { runCalicoctl } from "#cli/run-calicoctl.ts";

const io: CliIo = {
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  readInput: (maxBytes) => readText(process.stdin, maxBytes),
  readFile: (path) => readFile(path, "utf8"),
  user: userName(),
  isColoured: process.stdout.isTTY === true && !process.env.NO_COLOR,
  openDeps: async () => (await import("#cli/ports/open-etcd-deps.ts")).openEtcdDeps(process.env),
};

// A reader that went away (`calicoctl ... | head`) is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

process.exitCode = await runCalicoctl(process.argv.slice(2), io);

/** The operating system's user; a user id without a name (in a container, say) is written as a number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? String(process.getuid?.() ?? "unknown");
  }
}
