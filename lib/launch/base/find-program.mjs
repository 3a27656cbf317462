import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { searchPath } from "./paths.mjs";

/** The full path of a program on the search path, or undefined. Looks at the disk each time: installs happen meanwhile. */
export function findProgram(/** @type {string} */ name, path = searchPath()) {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutableFile);
}

/** @param {string} file */
function isExecutableFile(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
