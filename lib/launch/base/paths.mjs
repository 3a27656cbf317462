import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

/** Programs unpacked for this checkout alone; they outlive every data directory. */
export const toolsDirectory = join(root, ".tortie", "tools");

/** Where etcd's data, the logs and the record of the run live: TORTIE_DATA_DIR, or `.tortie` in the checkout. */
export function dataDirectory(env = process.env) {
  return env.TORTIE_DATA_DIR ? resolve(env.TORTIE_DATA_DIR) : join(root, ".tortie");
}

/** PATH with our own tools first and the system's administration folders last (a plain user's PATH lacks them). */
export function searchPath(env = process.env) {
  const own = join(toolsDirectory, "usr", "bin");
  const parts = (env.PATH ?? "").split(delimiter).filter((part) => part !== "" && part !== own);
  const administration = ["/usr/local/sbin", "/usr/sbin", "/sbin"].filter((part) => !parts.includes(part));
  return [own, ...parts, ...administration].join(delimiter);
}
