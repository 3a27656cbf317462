import { useId } from "react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import type { GraphLayout } from "../layout/graph-layout.ts";
import type { PictureFocus, PictureStop } from "../model/graph-picture.ts";
import type { GraphRequest } from "../model/graph-request.ts";

type StopLinesProps = {
  readonly side: "left" | "right";
  readonly stops: readonly PictureStop[];
  readonly layout: GraphLayout;
  readonly focus: PictureFocus | undefined;
  readonly show: GraphRequest["show"];
};

/** A half line for every box at which something is stopped: it fades out half way. */
export function StopLines({ side, stops, layout, focus, show }: StopLinesProps) {
  const fade = useId();
  const stroke = `url(#${fade})`;
  return (
    <>
      <defs>
        <linearGradient id={fade} gradientUnits="userSpaceOnUse" x1={side === "left" ? 0 : 100} x2="50" y1="0" y2="0">
          <stop offset="0.55" className="[stop-color:var(--color-deny)]" />
          <stop offset="1" className="[stop-color:var(--color-deny)]" stopOpacity="0" />
        </linearGradient>
      </defs>
      {oneEachBox(stops, focus).map((stop) => {
        const y = layout.byId.get(stop.box)?.y;
        if (y === undefined) return null;
        return (
          <path
            key={stop.id}
            data-stop={stop.id}
            d={side === "left" ? `M0 ${y}H50` : `M100 ${y}H50`}
            stroke={stroke}
            strokeWidth={show === "blocked" ? 2.25 : 1.5}
            strokeDasharray="5 4"
            vectorEffect="non-scaling-stroke"
            className={isFaint(stop, focus) ? "opacity-50" : ""}
          />
        );
      })}
    </>
  );
}

/** The slash mark at the end that stops; while blocked pairs are shown, also the rule that says so. */
export function StopMarks({ side, stops, layout, focus, show }: StopLinesProps) {
  const shown = oneEachBox(stops, focus);
  return shown.map((stop) => {
    const y = layout.byId.get(stop.box)?.y;
    if (y === undefined) return null;
    const others = stops.filter(({ box }) => box === stop.box).length - 1;
    const isWorded = show === "blocked" || focus?.stops.has(stop.id) === true;
    return (
      <span
        key={stop.id}
        className={`absolute flex h-4 items-center gap-1 rounded-full bg-sunken ${side === "left" ? "inset-s-1.5" : "inset-e-1.5 flex-row-reverse"} ${isFaint(stop, focus) ? "opacity-60" : ""}`}
        style={{ top: y - 8 }}
      >
        <span className="flex size-4 items-center justify-center">
          <VerdictMark mark="deny" size={14} />
        </span>
        {isWorded ? (
          <span data-stop-words={stop.id} className="max-w-40 truncate text-caption text-deny-text max-md:hidden">
            {stop.words}
            {others > 0 ? `, +${others}` : ""}
          </span>
        ) : null}
      </span>
    );
  });
}

function isFaint({ id }: PictureStop, focus: PictureFocus | undefined): boolean {
  return focus !== undefined && !focus.stops.has(id);
}

/** A box shows one mark however many pairs stop there; one in focus wins over one that is not. */
function oneEachBox(stops: readonly PictureStop[], focus: PictureFocus | undefined): readonly PictureStop[] {
  const first = stops.filter(({ id }) => focus?.stops.has(id) === true);
  return [...new Map([...stops, ...first].map((stop) => [stop.box, stop])).values()];
}
