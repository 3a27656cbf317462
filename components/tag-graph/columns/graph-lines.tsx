import { useId } from "react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { placeKey } from "#components/reach/place-key.ts";
import type { GraphLayout } from "../layout/graph-layout.ts";
import type { GraphFocus, PathLink } from "../model/graph-focus.ts";
import type { GraphLink, GraphModel } from "../model/graph-model.ts";
import type { GraphStop } from "../model/graph-stops.ts";
import { PathLabels } from "./path-labels.tsx";

type GraphLinesProps = {
  readonly side: "left" | "right";
  readonly model: GraphModel;
  readonly layout: GraphLayout;
  readonly focus: GraphFocus | undefined;
};

const LOOKS: Readonly<Record<GraphLink["kind"], string>> = {
  holds: "stroke-line-strong",
  admits: "stroke-allow [stroke-opacity:0.38]",
  denies: "stroke-deny",
};

/** All lines between two neighbouring columns. Decoration: the table says the same in words. */
export function GraphLines({ side, model, layout, focus }: GraphLinesProps) {
  const fade = useId();
  const starts = side === "left" ? "from:" : "key:";
  const isHere = ({ from }: { readonly from: string }) => from.startsWith(starts);
  const ends = ({ from, to }: PathLink) => [layout.byId.get(from)?.y, layout.byId.get(to)?.y] as const;
  const path = (focus?.links ?? []).filter(isHere);
  const stops = oneEachEnd(
    model.stops.filter(({ stoppedBy }) => (stoppedBy === "sender") === (side === "left")),
    focus,
  );
  const isFaint = (stop: GraphStop) => focus !== undefined && !focus.stops.includes(stop);
  return (
    <div aria-hidden="true" className="pointer-events-none relative">
      <svg
        className="absolute inset-0 size-full overflow-visible"
        viewBox={`0 0 100 ${layout.height}`}
        preserveAspectRatio="none"
        fill="none"
      >
        <title>Lines</title>
        <defs>
          {["sender", "receiver"].map((stoppedBy) => (
            <linearGradient
              key={stoppedBy}
              id={`${fade}${stoppedBy}`}
              gradientUnits="userSpaceOnUse"
              x1={stoppedBy === "sender" ? 0 : 100}
              x2="50"
              y1="0"
              y2="0"
            >
              <stop offset="0.55" className="[stop-color:var(--color-deny)]" />
              <stop offset="1" className="[stop-color:var(--color-deny)]" stopOpacity="0" />
            </linearGradient>
          ))}
        </defs>
        {model.links.filter(isHere).map((link) => (
          <Curve
            key={link.id}
            id={link.id}
            ends={ends(link)}
            look={`${LOOKS[link.kind]} transition-opacity duration-menu ${focus === undefined ? "" : "opacity-50"}`}
            width={link.kind === "denies" ? 1.5 : 1.25}
            isDashed={link.kind === "denies"}
          />
        ))}
        {path.map((link) => (
          <Curve
            key={link.id}
            id={`path ${link.id}`}
            ends={ends(link)}
            look="stroke-allow"
            width={path.length > 8 ? 1.75 : 2.75}
            isDashed={false}
          />
        ))}
        {stops.map((stop) => {
          const y = layout.byId.get(endOf(stop))?.y;
          if (y === undefined) return null;
          return (
            <path
              key={stop.id}
              data-stop={stop.id}
              d={side === "left" ? `M0 ${y}H50` : `M100 ${y}H50`}
              stroke={`url(#${fade}${stop.stoppedBy})`}
              strokeWidth="1.5"
              strokeDasharray="5 4"
              vectorEffect="non-scaling-stroke"
              className={isFaint(stop) ? "opacity-50" : ""}
            />
          );
        })}
      </svg>
      {stops.map((stop) => {
        const y = layout.byId.get(endOf(stop))?.y;
        return y === undefined ? null : (
          <span
            key={stop.id}
            className={`absolute flex size-4 items-center justify-center rounded-full bg-sunken ${side === "left" ? "inset-s-1.5" : "inset-e-1.5"} ${isFaint(stop) ? "opacity-60" : ""}`}
            style={{ top: y - 8 }}
          >
            <VerdictMark mark="deny" size={14} />
          </span>
        );
      })}
      {side === "right" && focus !== undefined ? <PathLabels {...{ model, focus, layout }} /> : null}
    </div>
  );
}

/** A box shows one mark however many pairs stop there; one in focus wins over one that is not. */
function oneEachEnd(stops: readonly GraphStop[], focus: GraphFocus | undefined): readonly GraphStop[] {
  const first = stops.filter((stop) => focus?.stops.includes(stop));
  return [...new Map([...stops, ...first].map((stop) => [endOf(stop), stop])).values()];
}

/** The box at which the stop's half line is drawn. */
function endOf({ from, to, stoppedBy }: GraphStop): string {
  return stoppedBy === "sender" ? `from:${placeKey(from)}` : `to:${placeKey(to)}`;
}

type CurveProps = {
  readonly id: string;
  readonly ends: readonly [number | undefined, number | undefined];
  readonly look: string;
  readonly width: number;
  readonly isDashed: boolean;
};

function Curve({ id, ends: [start, end], look, width, isDashed }: CurveProps) {
  if (start === undefined || end === undefined) return null;
  return (
    <path
      data-link={id}
      d={`M0 ${start}C50 ${start} 50 ${end} 100 ${end}`}
      className={look}
      strokeWidth={width}
      {...(isDashed ? { strokeDasharray: "5 4" } : {})}
      vectorEffect="non-scaling-stroke"
    />
  );
}
