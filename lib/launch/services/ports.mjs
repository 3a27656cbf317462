import { createServer } from "node:net";
import { LaunchError } from "../base/launch-error.mjs";
import { portHolder } from "../run/process-identity.mjs";

/** Reads a port from an environment variable. */
export function parsePort(
  /** @type {string} */ name,
  /** @type {string | undefined} */ text,
  /** @type {number} */ preset,
) {
  if (text === undefined || text === "") return preset;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new LaunchError(`${name}=${text} is not a port.`, [
    `Give a number from 1 to 65535:  ${name}=${preset} npm start`,
  ]);
}

/** Refuses a port that is taken, naming who has it, before time is spent on a build. */
export async function requireFreePort(
  /** @type {number} */ port,
  /** @type {{ use: string; advice: readonly string[] }} */ purpose,
) {
  const error = await listenError(port);
  if (error === undefined) return;
  if (error.code === "EACCES") {
    throw new LaunchError(
      `Port ${port} (${purpose.use}) is not ours to open: only root may use ports below 1024.`,
      purpose.advice,
    );
  }
  const holder = portHolder(port);
  throw new LaunchError(`Port ${port} (${purpose.use}) is taken${holder ? ` by ${holder}` : ""}.`, purpose.advice);
}

/** @param {number} port @returns {Promise<NodeJS.ErrnoException | undefined>} */
function listenError(port) {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", done);
    server.listen(port, "127.0.0.1", () => server.close(() => done(undefined)));
  });
}
