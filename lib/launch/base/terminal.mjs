// What a person reads while we work. On a terminal the running step is rewritten in place;
// elsewhere (a pipe, CI) each step prints a line at its start, now and then while it lasts, and at its end.

const isTerminal = process.stdout.isTTY === true;
const hasColour = isTerminal && process.env.NO_COLOR === undefined;
const heartbeatMs = isTerminal ? 200 : 10_000;
const clearLine = "\r\u001b[2K";

// A closed terminal (SIGHUP) or a pipe nobody reads must not end us before we have cleaned up.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

/** @param {number} code @param {string} text */
const paint = (code, text) => (hasColour ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = (/** @type {string} */ text) => paint(1, text);
export const dim = (/** @type {string} */ text) => paint(2, text);
export const green = (/** @type {string} */ text) => paint(32, text);
export const red = (/** @type {string} */ text) => paint(31, text);
export const yellow = (/** @type {string} */ text) => paint(33, text);

/** @type {string | undefined} */
let runningLine;

// What stands in that line: steps may run side by side.
/** @type {Map<string, string>} */
const running = new Map();

/** Prints one line, above the running step if there is one. */
export function say(line = "") {
  process.stdout.write(`${runningLine === undefined ? "" : clearLine}${line}\n${runningLine ?? ""}`);
}

/** Prints what went wrong and what to do, on stderr. */
export function complain(/** @type {string} */ message, /** @type {readonly string[]} */ advice = []) {
  if (runningLine !== undefined) process.stdout.write(clearLine);
  runningLine = undefined;
  process.stderr.write([`${red("✗")} ${message}`, ...advice.map((line) => `    ${line}`), ""].join("\n"));
}

/** A warning: we go on, with less. */
export function warn(/** @type {string} */ message, /** @type {readonly string[]} */ advice = []) {
  say([`${yellow("!")} ${message}`, ...advice.map((line) => `    ${line}`)].join("\n"));
}

/** @typedef {string | { trouble: string } | undefined} StepOutcome */

/**
 * Shows a step while `work` runs, then how long it took. `work` may report progress, and returns what to say at the
 * end, as `{ trouble }` when that is bad news.
 * @param {string} title
 * @param {(progress: (text: string) => void) => Promise<StepOutcome> | StepOutcome} work
 */
export async function step(title, work) {
  const startedAt = Date.now();
  let progress = "";
  const show = () => {
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    const detail = [seconds >= 2 ? `${seconds} s` : "", progress].filter((part) => part !== "").join("  ");
    if (!isTerminal) return say(`  ${title} … ${detail}`);
    running.set(title, detail);
    drawRunning();
  };
  if (isTerminal) show();
  const heartbeat = setInterval(show, heartbeatMs);
  try {
    const outcome = await work((text) => {
      progress = text.trim().slice(0, 70);
    });
    endStep(title);
    const tookMs = Date.now() - startedAt;
    const took = tookMs >= 1000 ? dim(` (${(tookMs / 1000).toFixed(1)} s)`) : "";
    const [mark, words] = typeof outcome === "object" ? [red("✗"), outcome.trouble] : [green("✓"), outcome];
    say(`${mark} ${title}${words ? `: ${words}` : ""}${took}`);
  } finally {
    clearInterval(heartbeat);
    endStep(title);
  }
}

function drawRunning() {
  const share = Math.floor((process.stdout.columns ?? 80) / Math.max(running.size, 1));
  const texts = [...running].map(([title, detail]) => `${title} … ${detail}`.slice(0, share - 2));
  runningLine = texts.length === 0 ? undefined : `${dim("•")} ${dim(texts.join("  "))}`;
  process.stdout.write(`${clearLine}${runningLine ?? ""}`);
}

/** @param {string} title */
function endStep(title) {
  if (running.delete(title)) drawRunning();
}
