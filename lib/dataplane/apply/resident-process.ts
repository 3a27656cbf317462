import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { refusedLine } from "#dataplane/apply/refused-line.ts";
import { CommandFailedError, commandEnvironment } from "#dataplane/apply/run-command.ts";
import { writeLines } from "#dataplane/apply/write-lines.ts";

/** A text for a program that goes on reading, and how it is known that the text is done. */
export type Batch = {
  readonly text: string;
  /** Written behind the text; makes the program print `answer` as a line of its own. */
  readonly question: string;
  readonly answer: string;
};

/** A program that stays, reads one batch after another and says when each is done. */
export interface ResidentProcess {
  /**
   * Feeds one batch and waits for its answer; starts the program when it does not run. Throws CommandFailedError when
   * the program ends, or does not answer in time and is killed. Nothing may be fed meanwhile.
   */
  feed(batch: Batch, timeoutMs?: number): Promise<void>;
  /** Ends the program, if it runs, and waits until it is gone. */
  stop(): Promise<void>;
  /** How often it was started again. */
  readonly restarts: number;
  /** Whether it runs, or ran last, as that process; an older number may be another program's by now. */
  hasRunAs(pid: number): boolean;
}

const FEED_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 2_000;

/** A resident program that has not been started yet. It ends by itself when this process ends: its input is closed. */
export function residentProcess(argv: readonly string[]): ResidentProcess {
  let running: Running | undefined;
  let starts = 0;
  let pids: readonly number[] = [];
  const current = (): Running => {
    if (running === undefined || running.hasEnded()) {
      running = start(argv);
      if (running.pid !== undefined) pids = [...pids.slice(-1), running.pid];
      starts += 1;
    }
    return running;
  };
  return {
    hasRunAs: (pid) => pids.includes(pid),
    feed: (batch, timeoutMs = FEED_TIMEOUT_MS) => current().feed(batch, timeoutMs),
    async stop() {
      await running?.stop();
      running = undefined;
    },
    get restarts() {
      return Math.max(0, starts - 1);
    },
  };
}

interface Running {
  readonly pid: number | undefined;
  hasEnded(): boolean;
  feed(batch: Batch, timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
}

type Waiting = { readonly batch: Batch; readonly done: () => void; readonly failed: (error: Error) => void };

function start(argv: readonly string[]): Running {
  const [program = "", ...args] = argv;
  const child: ChildProcessWithoutNullStreams = spawn(program, args, { env: commandEnvironment, stdio: "pipe" });
  let said = "";
  let complaint = "";
  let linesBefore = 0;
  let hasEnded = false;
  let waiting: Waiting | undefined;
  const ended = new Promise<void>((resolve) => {
    const end = (code: number | null, words: string) => {
      hasEnded = true;
      waiting?.failed(failure(argv, { code, words, batch: waiting.batch, linesBefore }));
      resolve();
    };
    child.on("error", (cause) => end(null, cause.message));
    child.on("close", (code) => end(code, complaint));
  });
  // A child that never started has no number; a signal to it would reach our own group.
  const endNow = () => child.pid !== undefined && child.kill("SIGKILL");
  child.stdin.on("error", () => undefined);
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString("utf8");
  });
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
    if (waiting === undefined || !`\n${said}`.endsWith(`\n${waiting.batch.answer}\n`)) return;
    said = "";
    waiting.done();
  });
  return {
    pid: child.pid,
    hasEnded: () => hasEnded,
    async feed(batch, timeoutMs) {
      const timer = setTimeout(() => {
        complaint += `no answer within ${timeoutMs} ms`;
        endNow();
      }, timeoutMs);
      const answered = new Promise<void>((done, failed) => {
        waiting = { batch, done, failed };
      });
      try {
        await Promise.all([writeLines(child.stdin, batch.text + batch.question), answered]);
        linesBefore += lineCount(batch.text + batch.question);
      } finally {
        waiting = undefined;
        clearTimeout(timer);
      }
    },
    async stop() {
      const timer = setTimeout(endNow, STOP_TIMEOUT_MS);
      child.stdin.end();
      await ended;
      clearTimeout(timer);
    },
  };
}

type Ending = { readonly code: number | null; readonly words: string; readonly batch: Batch; linesBefore: number };

function failure(argv: readonly string[], { code, words, batch, linesBefore }: Ending): CommandFailedError {
  const line = refusedLine(words, batch.text, linesBefore);
  const reason = words.trim() === "" ? "ended before it was done" : words.trim();
  return new CommandFailedError(argv, code ?? undefined, line === undefined ? reason : `${reason}\n${line}`);
}

function lineCount(text: string): number {
  return text.split("\n").length - 1;
}
