import { spawn } from "node:child_process";
import { writeLines } from "#dataplane/apply/write-lines.ts";
import type { RefusedBatch } from "#dataplane/plan/blame.ts";

/** A command that could not be started, did not end in time, or ended with another code than 0. */
export class CommandFailedError extends Error {
  override readonly name = "CommandFailedError";
  readonly argv: readonly string[];
  readonly exitCode: number | undefined;
  /** What the program said, in its own words. */
  readonly stderr: string;
  /** What it was carrying out, and the line of it that it named, for who wants to know whose fault it is. */
  refused?: RefusedBatch;

  constructor(argv: readonly string[], exitCode: number | undefined, stderr: string) {
    super(`${argv.join(" ")}: ${stderr.trim() || `exit code ${exitCode ?? "none"}`}`);
    this.argv = argv;
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

export type CommandOptions = { readonly input?: string; readonly timeoutMs?: number };

/** Runs one program. The port every shell of the dataplane takes, so that tests can stand in for the kernel. */
export type RunCommand = (argv: readonly string[], options?: CommandOptions) => Promise<string>;

/** The same for who looks at bytes: what is only hashed need not become a string of some megabytes. */
export type ReadCommand = (argv: readonly string[], options?: CommandOptions) => Promise<Buffer>;

const DEFAULT_TIMEOUT_MS = 60_000;
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What programs see of the environment. The type demands NODE_ENV; no program here reads it. */
export const commandEnvironment = { PATH, LC_ALL: "C", NODE_ENV: "production" } as const;

/**
 * The only exec of the agent: argument arrays, no shell, a fixed environment. Answers standard output; throws
 * CommandFailedError otherwise.
 */
export const readCommand: ReadCommand = (argv, options = {}) =>
  new Promise((resolve, reject) => {
    const [program = "", ...args] = argv;
    const child = spawn(program, args, {
      env: commandEnvironment,
      stdio: ["pipe", "pipe", "pipe"],
      timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      killSignal: "SIGKILL",
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    // A program that ends before it has read everything says why on stderr; its closed pipe is no news.
    child.stdin.on("error", () => undefined);
    child.on("error", (cause) => reject(new CommandFailedError(argv, undefined, cause.message)));
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new CommandFailedError(argv, code ?? undefined, Buffer.concat(err).toString("utf8")));
    });
    void writeLines(child.stdin, options.input ?? "").then(() => child.stdin.end());
  });

/** As `readCommand`, the output as text. */
export const runCommand: RunCommand = async (argv, options) => (await readCommand(argv, options)).toString("utf8");
