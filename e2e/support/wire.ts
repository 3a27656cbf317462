import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Frames put on a wire, and the numbers of marked packets seen on it. */
export interface Wire {
  readonly seen: Set<number>;
  send(frame: string): void;
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL("./wire.py", import.meta.url));

/** Starts wire.py inside a namespace. */
export async function startWire(namespace: string, args: readonly string[]): Promise<Wire> {
  const child = spawn("ip", ["netns", "exec", namespace, "/usr/bin/python3", PROGRAM, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const seen = new Set<number>();
  const lines = createInterface({ input: child.stdout });
  await once(lines, "line");
  lines.on("line", (line) => seen.add(Number(line.replace("seen ", ""))));
  return {
    seen,
    send: (frame) => void child.stdin.write(`${frame}\n`),
    async stop() {
      const closed = once(child, "close");
      child.stdin.end();
      await closed;
    },
  };
}
