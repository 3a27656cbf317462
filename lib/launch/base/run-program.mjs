import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { LaunchError } from "./launch-error.mjs";
import { root, searchPath } from "./paths.mjs";

/**
 * @typedef {object} ProgramOptions
 * @property {string} [logFile]               everything the program says is appended here
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string | undefined>>} [env]   on top of our own
 * @property {string} [input]
 * @property {AbortSignal} [signal]           kills the program
 * @property {(line: string) => void} [onLine]
 */

/** @typedef {{ code: number; stdout: string; output: string }} ProgramResult   output is stdout and stderr as they came */

/**
 * Runs a program to its end, without a shell. Never rejects for an exit code; a missing program is code 127,
 * and an abort rejects with the abort's reason.
 * @param {readonly string[]} argv
 * @param {ProgramOptions} [options]
 * @returns {Promise<ProgramResult>}
 */
export async function runProgram(argv, options = {}) {
  const [program = "", ...args] = argv;
  options.signal?.throwIfAborted();
  const child = spawn(program, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, PATH: searchPath(), ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const log = openLog(options.logFile);
  /** @type {string[]} */
  const lines = [];
  /** @type {string[]} */
  const stdoutLines = [];
  const keep = (/** @type {string} */ line) => {
    lines.push(line);
    log?.write(`${line}\n`);
    options.onLine?.(line);
  };
  eachLine(child.stderr, keep);
  eachLine(child.stdout, (line) => {
    stdoutLines.push(line);
    keep(line);
  });
  child.stdin.on("error", ignoreClosedPipe);
  child.stdin.end(options.input ?? "");
  const stop = () => child.kill("SIGTERM");
  options.signal?.addEventListener("abort", stop, { once: true });
  const code = await exitCode(child);
  options.signal?.removeEventListener("abort", stop);
  await new Promise((done) => (log === undefined ? done(undefined) : log.end(() => done(undefined))));
  options.signal?.throwIfAborted();
  return { code, stdout: stdoutLines.join("\n"), output: lines.join("\n") };
}

/**
 * Runs a program that has to succeed, and returns its stdout; its last words become the error otherwise.
 * @param {readonly string[]} argv
 * @param {ProgramOptions & { failure?: string; advice?: readonly string[] }} [options]
 */
export async function mustRun(argv, options = {}) {
  const { code, stdout, output } = await runProgram(argv, options);
  if (code === 0) return stdout;
  throw new LaunchError(options.failure ?? `${argv.join(" ")} ended with code ${code}.`, [
    ...tailLines(output, 12),
    ...(options.logFile ? [`The whole output is in ${options.logFile}`] : []),
    ...(options.advice ?? []),
  ]);
}

/** The last lines that say something. */
export function tailLines(/** @type {string} */ text, /** @type {number} */ count) {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-count);
}

/** @param {string | undefined} logFile */
function openLog(logFile) {
  if (logFile === undefined) return undefined;
  mkdirSync(dirname(logFile), { recursive: true });
  return createWriteStream(logFile, { flags: "a" });
}

/** @param {import("node:stream").Readable} stream @param {(line: string) => void} onLine */
function eachLine(stream, onLine) {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (/** @type {string} */ chunk) => {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) onLine(part);
  });
  stream.on("end", () => rest !== "" && onLine(rest));
}

/** @param {import("node:child_process").ChildProcess} child @returns {Promise<number>} */
function exitCode(child) {
  return new Promise((done) => {
    child.on("error", () => done(127));
    child.on("close", (code) => done(code ?? 1));
  });
}

/** A program may end without reading what we give it. @param {NodeJS.ErrnoException} error */
function ignoreClosedPipe(error) {
  if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_DESTROYED") throw error;
}
