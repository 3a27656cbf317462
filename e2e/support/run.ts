import { execFile } from "node:child_process";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** Runs a program to its end and answers its standard output; throws with its standard error. */
export async function run(argv: readonly string[], input?: string): Promise<string> {
  const [program = "", ...args] = argv;
  const running = exec(program, args, { maxBuffer: 64 * 1024 * 1024, encoding: "utf8" });
  if (input !== undefined) running.child.stdin?.end(input);
  return (await running).stdout;
}
