"use client";

import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from "react";
import { placeKey, placeName } from "#components/reach/place-key.ts";
import { useAnnounce } from "#components/ui/announcer.tsx";
import type { Drawn } from "../access/drawn.ts";
import type { GraphMatrix as Matrix } from "../model/graph-matrix.ts";
import { type ShownView, useGraphAnswer } from "../use-graph-answer.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { MatrixHeads } from "./matrix-heads.tsx";
import { MatrixLegend } from "./matrix-legend.tsx";
import { HEAD, matrixSizes } from "./matrix-paint.ts";
import { useMatrixCanvas } from "./use-matrix-canvas.ts";

type GraphMatrixProps = {
  readonly shown: ShownView;
  readonly stamp: object;
  readonly dial: GraphDial;
  readonly onDraw: (drawn: Drawn) => void;
};

/** Rows send, columns receive; drawn on a canvas, read out by a cursor. */
export function GraphMatrix({ shown, stamp, dial, onDraw }: GraphMatrixProps) {
  const question = useMemo(() => ({ kind: "matrix", request: shown.request }) as const, [shown.request]);
  const matrix = useGraphAnswer("matrix", question, stamp)?.matrix;
  if (matrix === undefined) return <p className="px-[22px] py-6 text-ink-3">Arranging the matrix</p>;
  if (matrix.rows.length === 0 || matrix.columns.length === 0) {
    return (
      <p className="px-[22px] py-6 text-ink-2">
        Nothing of this is open, so there is no row. Clear the filter, or show blocked pairs.
      </p>
    );
  }
  return <MatrixGrid {...{ matrix, shown, dial, onDraw }} />;
}

type MatrixGridProps = Omit<GraphMatrixProps, "stamp"> & { readonly matrix: Matrix };

function MatrixGrid({ matrix, shown, dial, onDraw }: MatrixGridProps) {
  const say = useAnnounce();
  const scroller = useRef<HTMLDivElement>(null);
  // The cursor stands on a pair, not on a place: it goes with it when rows and columns are moved, however late they are.
  const [at, setAt] = useState<Drawn>();
  const { selection } = shown.request;
  const chosen = useMemo(
    () => (selection.kind === "pair" ? cellOf(matrix, selection) : undefined),
    [matrix, selection],
  );
  const cursor = (at && cellOf(matrix, at)) ?? chosen;
  const canvas = useMatrixCanvas(scroller, matrix, { cursor, chosen, selection });
  const sizes = matrixSizes(matrix, canvas.width);
  const move = (row: number, column: number) => {
    const next = clamp([row, column], matrix);
    setAt(pairAt(matrix, next));
    say(cellWords(matrix, next));
    reveal(scroller.current, next, sizes);
  };
  const choose = () => {
    const pair = cursor === undefined ? undefined : pairAt(matrix, cursor);
    if (pair !== undefined) dial.select({ kind: "pair", ...pair });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [row, column] = cursor ?? [0, 0];
    const pair = pairAt(matrix, [row, column]);
    if (event.altKey && pair !== undefined) {
      setAt(pair);
      return moveByKey(event, { matrix, dial, cursor: [row, column] });
    }
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      return cursor === undefined ? move(0, 0) : move(row + step[0], column + step[1]);
    }
    if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      return move(row, event.key === "Home" ? 0 : matrix.columns.length - 1);
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return choose();
    }
    if (event.key.toLowerCase() === "a" && pair !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      onDraw(pair);
    }
  };
  const press = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left - HEAD.row, event.clientY - box.top - HEAD.column];
    const place = scroller.current;
    if (x < 0 || y < 0 || place === null) return;
    const cell = [
      Math.floor((y + place.scrollTop) / sizes.cell),
      Math.floor((x + place.scrollLeft) / sizes.wide),
    ] as const;
    const pair = pairAt(matrix, cell);
    if (pair === undefined) return;
    setAt(pair);
    dial.select({ kind: "pair", ...pair });
  };
  return (
    <div className="flex min-h-0 grow flex-col px-[22px] pb-3 max-md:px-3">
      <p className="flex flex-wrap gap-x-4 pb-2 text-small text-ink-2">
        <span>→ rows send ↓ columns receive</span>
        <span className="ms-auto" data-matrix-size={`${matrix.rows.length}x${matrix.columns.length}`}>
          {matrix.rows.length} senders, {matrix.columns.length} receivers, {matrix.rows.length * matrix.columns.length}{" "}
          cells
        </span>
      </p>
      <div
        role="application"
        aria-roledescription="matrix"
        aria-label={`Matrix: rows send, columns receive. Arrow keys move, Enter shows why, A proposes access, Alt with arrows moves the row or column. ${cursor === undefined ? "" : cellWords(matrix, cursor)}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the cursor of the canvas lives here.
        tabIndex={0}
        data-matrix
        onKeyDown={onKeyDown}
        onFocus={() => (cursor === undefined ? move(0, 0) : undefined)}
        onPointerDown={press}
        className="relative min-h-[360px] grow overflow-hidden rounded-list outline-none focus-visible:ring-2 focus-visible:ring-focus"
      >
        <canvas
          ref={canvas.ref}
          className="pointer-events-none absolute"
          style={{ left: HEAD.row, top: HEAD.column }}
        />
        <div ref={scroller} className="thin-scroll absolute inset-0 overflow-auto">
          <div
            style={{
              width: HEAD.row + matrix.columns.length * sizes.wide,
              height: HEAD.column + matrix.rows.length * sizes.cell,
            }}
          />
        </div>
        <MatrixHeads {...{ matrix, sizes, cursor, dial, shown }} scroll={canvas.scroll} />
      </div>
      <MatrixLegend show={shown.request.show} />
    </div>
  );
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-20, 0],
  PageDown: [20, 0],
};

/** `WEB to APP: tcp 7890; icmp type 8`. */
export function cellWords({ rows, columns, cells, kinds }: Matrix, [row, column]: readonly [number, number]): string {
  const [from, to] = [rows[row], columns[column]];
  if (from === undefined || to === undefined) return "";
  return `${placeName(from)} to ${placeName(to)}: ${kinds[cells[row * columns.length + column] ?? 0]?.words ?? "nothing"}`;
}

function pairAt({ rows, columns }: Matrix, [row, column]: readonly [number, number]): Drawn | undefined {
  const [from, to] = [rows[row], columns[column]];
  return from === undefined || to === undefined ? undefined : { from: placeKey(from), to: placeKey(to) };
}

function cellOf({ rows, columns }: Matrix, { from, to }: Drawn) {
  const row = rows.findIndex((node) => placeKey(node) === from);
  const column = columns.findIndex((node) => placeKey(node) === to);
  return row < 0 || column < 0 ? undefined : ([row, column] as const);
}

function clamp(cell: readonly [number, number], { rows, columns }: Matrix) {
  const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
  return [within(cell[0], rows.length), within(cell[1], columns.length)] as const;
}

function reveal(
  place: HTMLElement | null,
  [row, column]: readonly [number, number],
  sizes: ReturnType<typeof matrixSizes>,
): void {
  if (place === null) return;
  const [x, y] = [column * sizes.wide, row * sizes.cell];
  const [width, height] = [place.clientWidth - HEAD.row - sizes.wide, place.clientHeight - HEAD.column - sizes.cell];
  place.scrollLeft = Math.min(x, Math.max(place.scrollLeft, x - width));
  place.scrollTop = Math.min(y, Math.max(place.scrollTop, y - height));
}

type ByKey = {
  readonly matrix: Matrix;
  readonly dial: GraphDial;
  readonly cursor: readonly [number, number];
};

/** Alt with up or down moves the sender's row, with left or right the receiver's column; the cursor goes with it. */
function moveByKey(event: KeyboardEvent, { matrix, dial, cursor: [row, column] }: ByKey): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const [list, at, by] = step[0] === 0 ? [matrix.columns, column, step[1]] : [matrix.rows, row, step[0]];
  const [mover, target] = by < 0 ? [list[at], list[at - 1]] : [list[at + 1], list[at]];
  if (mover === undefined || target === undefined) return;
  dial.turn({ moved: [...dial.request.moved, [placeKey(mover), placeKey(target)]] });
}
