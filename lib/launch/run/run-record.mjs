import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isSameProcess } from "./process-identity.mjs";

// One file per data directory says which run owns it. It is written before the run makes anything, so that whatever
// a killed run leaves behind can be found by its id, and it is removed after everything else.

/**
 * @typedef {object} RunRecord
 * @property {string} runId
 * @property {import("./process-identity.mjs").ProcessIdentity} launcher
 * @property {string} socketDirectory
 * @property {string} boardUrl
 * @property {string} etcdEndpoints
 */

/** @param {string} dataDirectory */
export const recordFile = (dataDirectory) => join(dataDirectory, "run.json");

/** Reads a record; undefined when there is none, "unreadable" when it is not one of ours. */
export function readRecord(/** @type {string} */ file) {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  return parseRecord(text) ?? /** @type {const} */ ("unreadable");
}

/** @param {string} text @returns {RunRecord | undefined} */
export function parseRecord(text) {
  try {
    const value = JSON.parse(text);
    const isOurs =
      /^[0-9a-f]{6}$/.test(value.runId) &&
      Number.isInteger(value.launcher?.pid) &&
      [value.launcher.startedAt, value.launcher.bootId, value.socketDirectory].every(
        (part) => typeof part === "string",
      );
    return isOurs ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the run of a record still goes on. */
export function isRunning(/** @type {RunRecord} */ record) {
  return isSameProcess(record.launcher);
}

/** Claims the data directory. False when somebody else's record is there: of two that try at once, one wins. */
export function claimRecord(/** @type {string} */ file, /** @type {RunRecord} */ record) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the record of one run, and of no other: another start may have put its own there meanwhile. */
export function removeRecord(/** @type {string} */ file, /** @type {string} */ runId) {
  const aside = `${file}.${process.pid}.removed`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
  const taken = readRecord(aside);
  if (typeof taken === "object" && taken.runId !== runId) linkSync(aside, file);
  rmSync(aside, { force: true });
}
