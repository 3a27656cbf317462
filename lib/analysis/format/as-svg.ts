import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { formatStamp, type Stamp } from "#analysis/format/stamp.ts";
import { type AnyNode, formatNode } from "#analysis/reach/reach-node.ts";
import type { Reachability, ReachEdge } from "#analysis/reach/reachability.ts";

const ROW = 26;
const TOP = 76;
const BOX = { width: 190, height: 20 } as const;
const LEFT = 20;
const WIDTH = 1100;
const RIGHT = WIDTH - LEFT - BOX.width;
/** A blue and a vermilion that colour-blind people tell apart; dashes say the same without colour. */
const ALLOWED = "#0072B2";
const STOPPED = "#D55E00";
/** Beyond this, words on the lines would cover each other; every line keeps its words as a tooltip. */
const MAX_WORDED_LINES = 40;
const LONGEST_NAME = 26;

type Line = { readonly from: number; readonly to: number; readonly words: string; readonly isAllowed: boolean };

/**
 * The graph as one self-contained picture: senders left, receivers right, a line for each pair; what one side stops is
 * dashed and ends in the middle. Carries its legend, the revision and
 * with a stamp the time and scope. The same state gives the same bytes.
 */
export function formatGraphSvg(reach: Reachability<AnyNode>, stamp?: Stamp): string {
  const names = reach.nodes.map(formatNode);
  const lines = [...reach.edges("half-open").map(stoppedLine), ...reach.edges("allowed").map(allowedLine)];
  const height = TOP + names.length * ROW + 20;
  const isWorded = lines.length <= MAX_WORDED_LINES;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="ui-sans-serif, system-ui, sans-serif" font-size="12">`,
    `<title>Who can reach whom, ${asText(formatStamp(reach.revision, stamp))}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...legend(formatStamp(reach.revision, stamp), lines),
    ...lines.map((line) => drawLine(line, isWorded)),
    ...names.flatMap((name, index) => [drawBox(name, LEFT, index), drawBox(name, RIGHT, index)]),
    "</svg>",
    "",
  ].join("\n");
}

function allowedLine({ fromIndex, toIndex, relation }: ReachEdge<AnyNode>): Line {
  return { from: fromIndex, to: toIndex, words: formatConnectionSet(relation.allowed), isAllowed: true };
}

function stoppedLine({ fromIndex, toIndex, relation }: ReachEdge<AnyNode>): Line {
  const sender = formatConnectionSet(relation.senderOnly);
  const receiver = formatConnectionSet(relation.receiverOnly);
  const parts = [
    sender === "none" ? "" : `receiver stops ${sender}`,
    receiver === "none" ? "" : `sender stops ${receiver}`,
  ].filter((part) => part !== "");
  return { from: fromIndex, to: toIndex, words: parts.join("; "), isAllowed: false };
}

function legend(stamp: string, lines: readonly Line[]): readonly string[] {
  const allowed = lines.filter(({ isAllowed }) => isAllowed).length;
  return [
    `<text x="${LEFT}" y="24" font-size="15" font-weight="600">Who can reach whom</text>`,
    `<text x="${WIDTH - LEFT}" y="24" text-anchor="end">${asText(stamp)}</text>`,
    `<line x1="${LEFT}" y1="42" x2="${LEFT + 40}" y2="42" stroke="${ALLOWED}" stroke-width="2"/>`,
    `<text x="${LEFT + 48}" y="46">allowed: ${allowed} pairs</text>`,
    `<line x1="${LEFT + 200}" y1="42" x2="${LEFT + 240}" y2="42" stroke="${STOPPED}" stroke-width="2" stroke-dasharray="5 4"/>`,
    `<text x="${LEFT + 248}" y="46">one side stops it: ${lines.length - allowed} pairs</text>`,
    `<text x="${LEFT}" y="${TOP - 8}" fill="#555555">senders</text>`,
    `<text x="${WIDTH - LEFT}" y="${TOP - 8}" text-anchor="end" fill="#555555">receivers</text>`,
  ];
}

function drawLine({ from, to, words, isAllowed }: Line, isWorded: boolean): string {
  const [x1, x2] = [LEFT + BOX.width, RIGHT];
  const [y1, y2] = [middleOf(from), middleOf(to)];
  const end = isAllowed ? [x2, y2] : [(x1 + x2) / 2, (y1 + y2) / 2];
  const look = isAllowed
    ? `stroke="${ALLOWED}" stroke-width="1.5"`
    : `stroke="${STOPPED}" stroke-width="1" stroke-dasharray="5 4" stroke-opacity="0.6"`;
  const path = `<line x1="${x1}" y1="${y1}" x2="${end[0]}" y2="${end[1]}" ${look}><title>${asText(words)}</title></line>`;
  if (!isWorded || !isAllowed) return path;
  const at = 0.72;
  const [x, y] = [x1 + (x2 - x1) * at, y1 + (y2 - y1) * at - 3];
  return `${path}<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="middle" font-size="10" fill="#333333">${asText(shorten(words, 48))}</text>`;
}

function drawBox(name: string, x: number, index: number): string {
  const y = TOP + index * ROW;
  return `<g><title>${asText(name)}</title><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4" fill="#f4f5f7" stroke="#c5c9d0"/><text x="${x + 8}" y="${y + 14}">${asText(shorten(name, LONGEST_NAME))}</text></g>`;
}

function middleOf(index: number): number {
  return TOP + index * ROW + BOX.height / 2;
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function asText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
