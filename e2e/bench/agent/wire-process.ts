import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

type Answer = Readonly<Record<string, string | number>>;

/** A process inside a namespace that sends, receives or connects. */
export interface WireProcess {
  tell(command: object): void;
  /** The next answer that has this field. */
  next(field: string): Promise<Answer>;
  stop(): void;
}

const PROGRAM = fileURLToPath(new URL("./wire.mjs", import.meta.url));

/** Starts one. `to` is where a sender sends. */
export function startWire(namespace: string, role: "receive" | "send", to = ""): WireProcess {
  const argv = ["netns", "exec", namespace, process.execPath, PROGRAM, role, to];
  const child = spawn("ip", argv, { stdio: ["pipe", "pipe", "inherit"] });
  const waiting: { readonly field: string; readonly resolve: (answer: Answer) => void }[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const answer = JSON.parse(line) as Answer;
    const index = waiting.findIndex(({ field }) => field in answer);
    if (index >= 0) waiting.splice(index, 1)[0]?.resolve(answer);
  });
  return {
    tell: (command) => void child.stdin.write(`${JSON.stringify(command)}\n`),
    next: (field) => new Promise((resolve) => waiting.push({ field, resolve })),
    stop: () => child.stdin.end(() => child.kill("SIGKILL")),
  };
}
