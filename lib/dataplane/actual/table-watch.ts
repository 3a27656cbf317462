/*
 * Whether another program wrote tables. nf_tables tells every COMMIT with the number of the process that made it, and
 * `xtables-monitor`, a part of iptables, prints it; so tables need not be read to know that they are as they were. Goal: it
 * may say "something new" too often and never too seldom. The monitor ends when the kernel had to leave a message out; it
 * is then started again, and what happened meanwhile counts as news. In a container the kernel's process numbers are not
 * ours: our own COMMITs are then news, which costs a reading after a change.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile, readlink } from "node:fs/promises";
import { createInterface } from "node:readline";
import { commandEnvironment } from "#dataplane/apply/run-command.ts";

/** Asks whether the tables may have changed. */
export interface TableWatch {
  /**
   * False when nobody but us wrote since the last call. Whoever is told true reads the tables afterwards. `hasWritten`:
   * we wrote since the last call; a monitor that did not notice it is not believed.
   */
  takeNews(hasWritten: boolean): Promise<boolean>;
  /** Ends the monitor, also one that is just starting, and waits until it is gone; no other starts. */
  stop(): Promise<void>;
}

const STOP_TIMEOUT_MS = 2_000;
const LISTENING_WITHIN_MS = 1_000;
// Where a monitor never listens, the tables are read; it is not tried at every audit.
const MAX_DEAF_STARTS = 3;

/** A watch that always says yes. */
export const readAlways: TableWatch = { takeNews: async () => true, stop: async () => undefined };

/** A watch by a monitor that starts with the first question. `isOurs` knows the processes that write for us. */
export function tableWatch(argv: readonly string[], isOurs: (pid: number) => boolean): TableWatch {
  let monitor: Monitor | undefined;
  let starting: Monitor | undefined;
  let deafStarts = 0;
  let isStopped = false;
  return {
    async takeNews(hasWritten) {
      if (isStopped) return true;
      if (monitor?.isRunning()) {
        const { foreign, own } = monitor.take();
        return foreign || (hasWritten && !own);
      }
      monitor = undefined;
      if (deafStarts >= MAX_DEAF_STARTS) return true;
      const started = start(argv, isOurs);
      starting = started;
      if (await isListening(started)) {
        monitor = started;
        deafStarts = 0;
      } else {
        deafStarts += 1;
        await started.stop();
      }
      starting = undefined;
      return true;
    },
    async stop() {
      // An audit may be under way; a monitor that outlived this would keep the whole process from ending.
      isStopped = true;
      await Promise.all([monitor?.stop(), starting?.stop()]);
      monitor = undefined;
    },
  };
}

interface Monitor {
  readonly pid: number | undefined;
  isRunning(): boolean;
  /** Who wrote since it was last asked. */
  take(): { readonly foreign: boolean; readonly own: boolean };
  stop(): Promise<void>;
}

function start(argv: readonly string[], isOurs: (pid: number) => boolean): Monitor {
  const [program = "", ...args] = argv;
  const child: ChildProcess = spawn(program, args, { env: commandEnvironment, stdio: ["ignore", "pipe", "ignore"] });
  let seen = { foreign: false, own: false };
  let isRunning = true;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      isRunning = false;
      resolve();
    };
    child.on("error", end);
    child.on("close", end);
  });
  if (child.stdout) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const author = authorOf(line);
      if (author === undefined) return;
      seen = isOurs(author) ? { ...seen, own: true } : { ...seen, foreign: true };
    });
  }
  return {
    pid: child.pid,
    isRunning: () => isRunning,
    take() {
      const taken = seen;
      seen = { foreign: false, own: false };
      return taken;
    },
    async stop() {
      // A child that could not be started would pass the signal on to this process's own group.
      const signal = (name: NodeJS.Signals) => child.pid !== undefined && child.kill(name);
      signal("SIGTERM");
      const timer = setTimeout(() => signal("SIGKILL"), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** The process behind a COMMIT, NaN where the line does not name it; undefined for the lines about what is in the COMMIT. */
export function authorOf(line: string): number | undefined {
  if (!line.startsWith("NEWGEN:")) return undefined;
  return Number(/ PID=(\d+) /.exec(line)?.[1]);
}

/** Waits until the monitor's socket is subscribed; what is read from then on cannot change unnoticed. */
async function isListening({ pid, isRunning }: Monitor): Promise<boolean> {
  const until = performance.now() + LISTENING_WITHIN_MS;
  while (pid !== undefined && isRunning() && performance.now() < until) {
    if (hasSubscribed(await readFile(`/proc/${pid}/net/netlink`, "utf8").catch(() => ""), await socketsOf(pid)))
      return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}

const NETFILTER_PROTOCOL = "12";
// NFNLGRP_NFTABLES is group 7.
const TABLES_GROUP = 1 << 6;

/** Whether one of these sockets hears of tables, from the text of /proc/PID/net/netlink. */
export function hasSubscribed(sockets: string, inodes: ReadonlySet<string>): boolean {
  return sockets.split("\n").some((line) => {
    const words = line.trim().split(/\s+/);
    const [, protocol, , groups = ""] = words;
    const isTold = (Number.parseInt(groups, 16) & TABLES_GROUP) !== 0;
    return protocol === NETFILTER_PROTOCOL && isTold && inodes.has(words.at(-1) ?? "");
  });
}

/** The inodes of the sockets a process holds. */
async function socketsOf(pid: number): Promise<ReadonlySet<string>> {
  const folder = `/proc/${pid}/fd`;
  const open = await readdir(folder).catch(() => []);
  const links = await Promise.all(open.map((name) => readlink(`${folder}/${name}`).catch(() => "")));
  return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}
