import type { CellKind, GraphMatrix } from "../model/graph-matrix.ts";

/** The sizes of a matrix in pixels; past sixty columns cells shrink and only their fill is left. */
export type MatrixSizes = {
  readonly cell: number;
  readonly wide: number;
  readonly gap: number;
  readonly isWorded: boolean;
};

export const HEAD = { row: 132, column: 68 } as const;
const WORDED_COLUMNS = 60;

/** Cells with words where they fit; the column is as wide as the place allows. */
export function matrixSizes({ columns }: GraphMatrix, width: number): MatrixSizes {
  if (columns.length > WORDED_COLUMNS) {
    const side = columns.length > 600 ? 8 : 14;
    return { cell: side, wide: side, gap: 1, isWorded: false };
  }
  const room = Math.floor((width - HEAD.row) / Math.max(1, columns.length));
  return { cell: 47, wide: Math.min(72, Math.max(46, room)), gap: 3, isWorded: true };
}

/** The tokens a canvas needs; read from the page, so that both themes are right. */
export type MatrixColours = Readonly<
  Record<
    | "allow"
    | "allow-tint"
    | "allow-line"
    | "allow-text"
    | "on-allow"
    | "deny"
    | "deny-tint"
    | "line-strong"
    | "ink"
    | "ink-2"
    | "ink-3"
    | "focus"
    | "hover"
    | "sunken"
    | "amber-tint",
    string
  >
>;

/** Where the person looks: the part on screen and the cell under the cursor. */
export type MatrixEye = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly cursor: readonly [row: number, column: number] | undefined;
  /** Rows and columns that stay at full ink; everything when absent. */
  readonly isChosen: ((row: number, column: number) => boolean) | undefined;
};

export type MatrixBrush = {
  readonly context: CanvasRenderingContext2D;
  readonly colours: MatrixColours;
  readonly sizes: MatrixSizes;
  readonly font: string;
};

/** Paints the cells on screen, and only those: a million of them cost as much as a hundred. */
export function paintMatrix({ cells, kinds, rows, columns }: GraphMatrix, eye: MatrixEye, brush: MatrixBrush): void {
  const { context, colours, sizes } = brush;
  context.fillStyle = colours.sunken;
  context.fillRect(0, 0, eye.width, eye.height);
  paintCursorBands(eye, brush);
  const [firstColumn, firstRow] = [Math.floor(eye.left / sizes.wide), Math.floor(eye.top / sizes.cell)];
  const lastColumn = Math.min(columns.length - 1, Math.floor((eye.left + eye.width) / sizes.wide));
  const lastRow = Math.min(rows.length - 1, Math.floor((eye.top + eye.height) / sizes.cell));
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const kind = kinds[cells[row * columns.length + column] ?? 0];
      if (kind === undefined) continue;
      context.globalAlpha = eye.isChosen?.(row, column) === false ? 0.45 : 1;
      paintCell(kind, { x: column * sizes.wide - eye.left, y: row * sizes.cell - eye.top }, brush);
    }
  }
  context.globalAlpha = 1;
  if (eye.cursor !== undefined) paintCursor(eye, eye.cursor, brush);
}

type Corner = { readonly x: number; readonly y: number };

function paintCell(kind: CellKind, at: Corner, brush: MatrixBrush): void {
  const { context, colours, sizes } = brush;
  const box = {
    x: at.x + sizes.gap / 2,
    y: at.y + sizes.gap / 2,
    w: sizes.wide - sizes.gap,
    h: sizes.cell - sizes.gap,
  };
  if (kind.look === "none" && kind.change === undefined) {
    paintDot(at, brush);
    return;
  }
  const { fill, edge, text } = lookOf(kind, colours);
  context.beginPath();
  if (sizes.isWorded) context.roundRect(box.x + 0.5, box.y + 0.5, box.w - 1, box.h - 1, 6);
  else context.rect(box.x, box.y, box.w, box.h);
  if (fill !== undefined) {
    context.fillStyle = fill;
    context.fill();
  }
  if (edge !== undefined && (sizes.isWorded || fill === undefined)) {
    const isDashed = kind.look === "stopped" || kind.change === "removed";
    context.setLineDash(isDashed ? [5, 4] : []);
    context.strokeStyle = edge;
    context.lineWidth = kind.change === "added" ? 2.5 : 1;
    context.stroke();
    context.setLineDash([]);
    if (kind.change === "changed" && sizes.isWorded) {
      context.beginPath();
      context.roundRect(box.x + 3.5, box.y + 3.5, box.w - 7, box.h - 7, 4);
      context.stroke();
    }
  }
  if (!sizes.isWorded) return;
  paintWords(kind, box, { brush, colour: text });
  if (kind.look === "stopped") paintSlash(box.x + box.w / 2, box.y + box.h / 2, brush);
  else if (kind.isMarked) paintSlash(box.x + box.w - 9, box.y + 9, brush);
}

function paintDot({ x, y }: Corner, { context, colours, sizes }: MatrixBrush): void {
  if (!sizes.isWorded) return;
  context.fillStyle = colours["ink-3"];
  context.beginPath();
  context.arc(x + sizes.wide / 2, y + sizes.cell / 2, 1.5, 0, 2 * Math.PI);
  context.fill();
}

type CellLook = { readonly fill: string | undefined; readonly edge: string | undefined; readonly text: string };

/** Added is solid and thick, removed dashed, other ports double; all tinted as a verdict. */
function lookOf({ look, change }: CellKind, colours: MatrixColours): CellLook {
  if (change === "removed") return { fill: colours["deny-tint"], edge: colours.deny, text: colours["ink-2"] };
  if (change !== undefined) return { fill: colours["allow-tint"], edge: colours.allow, text: colours["allow-text"] };
  switch (look) {
    case "all":
      return { fill: colours.allow, edge: undefined, text: colours["on-allow"] };
    case "granted":
      return { fill: colours["allow-tint"], edge: colours["allow-line"], text: colours["allow-text"] };
    case "open":
      return { fill: undefined, edge: colours["line-strong"], text: colours["allow-text"] };
    case "ping":
      return { fill: undefined, edge: colours["line-strong"], text: colours["ink-3"] };
    case "stopped":
      return { fill: undefined, edge: colours.deny, text: colours["ink-3"] };
    case "none":
      return { fill: undefined, edge: undefined, text: colours["ink-3"] };
  }
}

type Box = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
const SIGNS = { added: "+", removed: "−", changed: "±" } as const;

function paintWords(
  kind: CellKind,
  box: Box,
  { brush, colour }: { readonly brush: MatrixBrush; readonly colour: string },
): void {
  const { context, font } = brush;
  const sign = kind.change === undefined ? "" : SIGNS[kind.change];
  const lines = kind.lines.map((line, index) => (index === 0 ? `${sign}${line}` : line));
  context.font = font;
  context.fillStyle = colour;
  context.textAlign = "center";
  context.textBaseline = "middle";
  lines.forEach((line, index) => {
    context.fillText(line, box.x + box.w / 2, box.y + box.h / 2 + (index - (lines.length - 1) / 2) * 13, box.w - 4);
  });
}

/** The broken ring with a slash: deny, told by shape. */
function paintSlash(x: number, y: number, { context, colours }: MatrixBrush): void {
  context.strokeStyle = colours.deny;
  context.lineWidth = 1.25;
  context.setLineDash([2.5, 1.5]);
  context.beginPath();
  context.arc(x, y, 4.5, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x - 3, y + 3);
  context.lineTo(x + 3, y - 3);
  context.stroke();
}

function paintCursorBands(
  { cursor, left, top, width, height }: MatrixEye,
  { context, colours, sizes }: MatrixBrush,
): void {
  if (cursor === undefined) return;
  context.fillStyle = colours.hover;
  context.fillRect(0, cursor[0] * sizes.cell - top, width, sizes.cell);
  context.fillRect(cursor[1] * sizes.wide - left, 0, sizes.wide, height);
}

function paintCursor({ left, top }: MatrixEye, [row, column]: readonly [number, number], brush: MatrixBrush): void {
  const { context, colours, sizes } = brush;
  const [x, y] = [column * sizes.wide - left, row * sizes.cell - top];
  context.strokeStyle = colours.focus;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(x + 1, y + 1, sizes.wide - 2, sizes.cell - 2, sizes.isWorded ? 6 : 2);
  context.stroke();
}
