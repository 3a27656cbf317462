import { readdirSync, readFileSync, readlinkSync } from "node:fs";

// A process id alone names nobody: it is used again. Our own process is known by its id, its start time and the boot
// it started in; the programs we start are known by the run's id in the environment they were given.

/** @typedef {{ pid: number; startedAt: string; bootId: string }} ProcessIdentity */

/** Who has this process id now, or undefined when nobody has. @returns {ProcessIdentity | undefined} */
export function processIdentity(/** @type {number} */ pid) {
  const stat = readProc(`${pid}/stat`);
  // The second field is the program's name in brackets and may hold spaces; start time is the 22nd.
  const startedAt = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  if (startedAt === undefined) return undefined;
  return { pid, startedAt, bootId: readProc("sys/kernel/random/boot_id")?.trim() ?? "" };
}

/** Whether the very process that was recorded still runs. */
export function isSameProcess(/** @type {ProcessIdentity} */ recorded, now = processIdentity(recorded.pid)) {
  return now !== undefined && now.startedAt === recorded.startedAt && now.bootId === recorded.bootId;
}

/** The processes, ourselves aside, that were started with `NAME=value` in their environment. */
export function processesWith(/** @type {string} */ name, /** @type {string} */ value) {
  return allProcesses().filter(
    (pid) => pid !== process.pid && readProc(`${pid}/environ`)?.split("\0").includes(`${name}=${value}`) === true,
  );
}

/** The program listening on a TCP port of this machine, as far as we may see: "etcd (process 123)". */
export function portHolder(/** @type {number} */ port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const sockets = ["net/tcp", "net/tcp6"]
    .flatMap((table) => (readProc(table) ?? "").split("\n"))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === "0A")
    .map((fields) => `socket:[${fields[9]}]`);
  const holder = allProcesses().find((pid) => openFiles(pid).some((target) => sockets.includes(target)));
  if (holder === undefined) return undefined;
  const command = readProc(`${holder}/cmdline`)?.split("\0").join(" ").trim().slice(0, 60);
  return `${command || "a program"} (process ${holder})`;
}

function allProcesses() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** @param {number} pid @returns {string[]} */
function openFiles(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${descriptor}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/** Undefined when the process is gone or not ours to read. @param {string} path */
function readProc(path) {
  try {
    return readFileSync(`/proc/${path}`, "utf8");
  } catch {
    return undefined;
  }
}
