import { formatConnectionSet } from "#analysis/format/connection-text.ts";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { placeKey } from "#components/reach/place-key.ts";
import type { GraphLayout } from "../layout/graph-layout.ts";
import type { GraphFocus } from "../model/graph-focus.ts";
import { type GraphModel, keyId } from "../model/graph-model.ts";
import { pairKeys } from "../model/pair-keys.ts";

type PathLabelsProps = { readonly model: GraphModel; readonly focus: GraphFocus; readonly layout: GraphLayout };

/** What the one chosen pair may send through each key, written on the line from that key. */
export function PathLabels({ model, focus, layout }: PathLabelsProps) {
  const [pair, ...others] = focus.pairs;
  if (pair === undefined || others.length > 0) return null;
  const end = layout.byId.get(`to:${placeKey(pair.to)}`)?.y;
  return pairKeys(model.reach, pair.edge.fromIndex, pair.edge.toIndex).map(({ key, set }) => {
    const start = layout.byId.get(keyId(key))?.y;
    if (start === undefined || end === undefined) return null;
    return (
      <span
        key={keyId(key)}
        data-path-label={keyId(key)}
        className="absolute inset-s-1/2 z-10 flex h-6 max-w-full -translate-x-1/2 items-center gap-1.5 rounded-chip border border-allow-line bg-allow-tint px-1.5 text-allow-text max-md:hidden"
        style={{ top: (start + end) / 2 - 12 }}
      >
        <VerdictMark mark="allow" size={12} />
        <span className="mono truncate text-small">{formatConnectionSet(set)}</span>
      </span>
    );
  });
}
