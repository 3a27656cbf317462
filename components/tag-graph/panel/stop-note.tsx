import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { placeName } from "#components/reach/place-key.ts";
import type { GraphStop } from "../model/graph-stops.ts";

/** A pair that only one side keeps shut: who, what, and that the other side would let it through. */
export function StopNote({ stop: { from, to, stoppedBy, positions, text } }: { readonly stop: GraphStop }) {
  const [stopping, other, verb] =
    stoppedBy === "sender"
      ? [`${placeName(from)}’s outbound`, placeName(to), "let it in"]
      : [`${placeName(to)}’s inbound`, placeName(from), "send it"];
  return (
    <p className="flex items-start gap-2 border-s-2 border-dashed border-deny ps-2.5">
      <span className="mt-0.5">
        <VerdictMark mark="deny" />
      </span>
      <span className="min-w-0">
        {placeName(from)} → {placeName(to)} <span className="mono">{text}</span>
        <span className="block text-small text-ink-2">
          stopped by {stopping}
          {positions.length === 0 ? "" : ` ${positions.join(", ")}`}; {other} would {verb}
        </span>
      </span>
    </p>
  );
}
