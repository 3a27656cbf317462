"use client";

import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { Coat } from "#components/marks/coat.tsx";
import type { Drawn } from "../access/drawn.ts";
import { GraphColumns } from "../columns/graph-columns.tsx";
import type { FreeLayout } from "../layout/free-layout.ts";
import { nameOf } from "../model/selection-names.ts";
import { type ShownView, useGraphAnswer } from "../use-graph-answer.ts";
import type { GraphDial } from "../use-graph-dial.ts";

type GraphFreeProps = {
  readonly shown: ShownView;
  readonly stamp: object;
  readonly dial: GraphDial;
  readonly onDraw: (drawn: Drawn) => void;
};

/** Profiles as nodes, relations as arrows between them; for small graphs. What is too large or too slow is drawn as columns. */
export function GraphFree({ shown, stamp, dial, onDraw }: GraphFreeProps) {
  const question = useMemo(() => ({ kind: "free", request: shown.request }) as const, [shown.request]);
  const answer = useGraphAnswer("free", question, stamp);
  if (answer === undefined) return <p className="px-[22px] py-6 text-ink-3">Arranging the picture</p>;
  if (answer.layout === undefined) {
    return (
      <>
        <p role="status" data-free-fallback className="px-[22px] pb-2 text-small text-amber-text">
          This is too much for a free picture, so it is drawn in columns. Filter to forty places or fewer.
        </p>
        <GraphColumns {...{ shown, dial, onDraw }} />
      </>
    );
  }
  return <FreePicture layout={answer.layout} {...{ shown, dial }} />;
}

type FreePictureProps = { readonly layout: FreeLayout; readonly shown: ShownView; readonly dial: GraphDial };

const HEIGHT = 560;
const MARGIN = 70;

function FreePicture({ layout, shown, dial }: FreePictureProps) {
  const root = useRef<HTMLDivElement>(null);
  const { selection } = shown.request;
  const [tabStop, setTabStop] = useState<string>();
  const width = useWidth(root);
  const points = new Map(layout.places.map((place) => [place.key, pointOf(place, width)]));
  const chosen = new Set(
    "from" in selection || "to" in selection
      ? [...("from" in selection ? [selection.from] : []), ...("to" in selection ? [selection.to] : [])]
      : [],
  );
  const isLit = (from: string, to: string) => {
    if (selection.kind === "pair") return from === selection.from && to === selection.to;
    if (selection.kind === "sender") return from === selection.from;
    return selection.kind === "receiver" ? to === selection.to : false;
  };
  const choose = (key: string) =>
    dial.select((before) => {
      if (before.kind === "sender" && before.from !== key) return { kind: "pair", from: before.from, to: key };
      return before.kind === "sender" ? { kind: "nothing" } : { kind: "sender", from: key };
    });
  const current = tabStop !== undefined && points.has(tabStop) ? tabStop : layout.places[0]?.key;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = current === undefined ? undefined : neighbour(points, current, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setTabStop(next);
    root.current?.querySelector<HTMLElement>(`[data-place="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <div className="min-h-0 grow overflow-auto px-[22px] pb-3 max-md:px-3">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form. */}
      <div
        ref={root}
        role="group"
        aria-label="Free picture. Arrow keys move, Enter chooses a sender, then a receiver. The table holds the same."
        onKeyDown={onKeyDown}
        className="relative w-full min-w-[320px]"
        style={{ height: HEIGHT }}
      >
        <svg
          aria-hidden="true"
          className="pointer-events-none absolute inset-0"
          width={width}
          height={HEIGHT}
          fill="none"
        >
          <defs>
            <marker
              id="free-arrow-faint"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0 0L8 4L0 8z" className="fill-allow opacity-40" />
            </marker>
            <marker id="free-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0L8 4L0 8z" className="fill-allow" />
            </marker>
          </defs>
          {layout.edges.map(({ from, to, text }) => (
            <Arrow
              key={`${from}>${to}`}
              {...{ from, to, text, points }}
              isLit={isLit(from, to)}
              isWorded={selection.kind === "pair"}
              isFaint={selection.kind !== "nothing"}
            />
          ))}
        </svg>
        {layout.places.map(({ key }) => {
          const { x, y } = points.get(key) ?? { x: 0, y: 0 };
          const isChosen = chosen.has(key);
          return (
            <button
              key={key}
              type="button"
              data-place={key}
              tabIndex={key === current ? 0 : -1}
              aria-pressed={isChosen}
              onClick={() => choose(key)}
              onFocus={() => setTabStop(key)}
              className={`absolute flex h-7 max-w-36 -translate-x-1/2 -translate-y-1/2 items-center gap-1.5 rounded-control border bg-raised px-2 text-small shadow-1 coarse:h-10 ${isChosen ? "border-focus font-[600] ring-1 ring-focus" : "border-line-strong"}`}
              style={{ left: x, top: y }}
            >
              {key.includes("/") || key.startsWith("@") ? null : <Coat name={key} size={15} />}
              <span className="truncate">{nameOf(key)}</span>
            </button>
          );
        })}
      </div>
    </div>
  );
}

type Point = { readonly x: number; readonly y: number };
type ArrowProps = {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly points: ReadonlyMap<string, Point>;
  readonly isLit: boolean;
  /** Of one chosen pair the words stand on the line; more would cover each other. */
  readonly isWorded: boolean;
  readonly isFaint: boolean;
};

/** Ends before the box it points at; the two ways between the same two places bow apart. */
function Arrow({ from, to, text, points, isLit, isWorded, isFaint }: ArrowProps) {
  const [start, end] = [points.get(from), points.get(to)];
  if (start === undefined || end === undefined) return null;
  const look = isLit ? "stroke-allow" : `stroke-allow ${isFaint ? "[stroke-opacity:0.14]" : "[stroke-opacity:0.38]"}`;
  const common = {
    "data-free-edge": `${from}>${to}`,
    className: look,
    strokeWidth: isLit ? 2.5 : 1.25,
    markerEnd: isLit ? "url(#free-arrow)" : "url(#free-arrow-faint)",
  };
  if (from === to) {
    return <path {...common} d={`M${start.x - 12} ${start.y - 14}c-18 -34 42 -34 24 0`} />;
  }
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const length = Math.max(1, Math.hypot(dx, dy));
  const [bx, by] = [(-dy / length) * 16, (dx / length) * 16];
  const middle = { x: (start.x + end.x) / 2 + bx, y: (start.y + end.y) / 2 + by };
  const inset = Math.min(0.45, (Math.abs(dx) > Math.abs(dy) ? 52 : 20) / length);
  const tip = { x: end.x - dx * inset + bx * 0.3, y: end.y - dy * inset + by * 0.3 };
  return (
    <>
      <path {...common} d={`M${start.x} ${start.y}Q${middle.x} ${middle.y} ${tip.x} ${tip.y}`} />
      {isLit && isWorded ? (
        <text x={middle.x} y={middle.y} textAnchor="middle" className="mono fill-allow-text text-caption">
          {text}
        </text>
      ) : null}
    </>
  );
}

function pointOf({ x, y }: Point, width: number): Point {
  return { x: Math.round(MARGIN + x * (width - 2 * MARGIN)), y: Math.round(MARGIN / 2 + y * (HEIGHT - MARGIN)) };
}

/** The picture is as wide as its place. */
function useWidth(root: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const place = root.current;
    if (place === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.max(320, place.clientWidth)));
    observer.observe(place);
    return () => observer.disconnect();
  }, [root]);
  return width;
}

const WAYS: Readonly<Record<string, Point>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

/** The nearest box in the direction of the key: across counts double. */
function neighbour(points: ReadonlyMap<string, Point>, here: string, key: string): string | undefined {
  const [way, start] = [WAYS[key], points.get(here)];
  if (way === undefined || start === undefined) return undefined;
  let best: { readonly key: string; readonly cost: number } | undefined;
  for (const [other, { x, y }] of points) {
    const [dx, dy] = [x - start.x, y - start.y];
    const along = dx * way.x + dy * way.y;
    if (along <= 0) continue;
    const cost = along + 2 * Math.abs(dx * way.y + dy * way.x);
    if (best === undefined || cost < best.cost) best = { key: other, cost };
  }
  return best?.key;
}
