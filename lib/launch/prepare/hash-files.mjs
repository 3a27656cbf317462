import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * One hash over the names and contents of files, whatever their order or dates. Missing entries are left out.
 * @param {string} base
 * @param {readonly string[]} entries             files and folders, relative to base
 * @param {(path: string) => boolean} [isWanted]  of paths relative to base
 */
export function hashFiles(base, entries, isWanted = () => true) {
  const hash = createHash("sha256");
  for (const path of listFiles(base, entries).filter(isWanted)) {
    const content = readFileSync(join(base, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** @param {string} base @param {readonly string[]} entries @returns {string[]} sorted */
function listFiles(base, entries) {
  const found = entries.flatMap((entry) => {
    const stats = statSync(join(base, entry), { throwIfNoEntry: false });
    if (stats === undefined) return [];
    if (stats.isFile()) return [entry];
    return readdirSync(join(base, entry), { withFileTypes: true, recursive: true })
      .filter((item) => item.isFile())
      .map((item) => relative(base, join(item.parentPath, item.name)));
  });
  return [...new Set(found)].sort();
}
