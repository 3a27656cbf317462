import { Globe, Network } from "lucide-react";
import { type PointerEvent, useState } from "react";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { Coat } from "#components/marks/coat.tsx";
import { placeKey, placeName } from "#components/reach/place-key.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { GraphMatrix } from "../model/graph-matrix.ts";
import type { ShownView } from "../use-graph-answer.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { HEAD, type MatrixSizes } from "./matrix-paint.ts";

type MatrixHeadsProps = {
  readonly matrix: GraphMatrix;
  readonly sizes: MatrixSizes;
  readonly cursor: readonly [number, number] | undefined;
  readonly scroll: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly dial: GraphDial;
  readonly shown: ShownView;
};

/** Names that stay while the cells scroll under them: senders at the left, receivers on top. Drag one to move it. */
export function MatrixHeads({ matrix, sizes, cursor, scroll, dial, shown }: MatrixHeadsProps) {
  const [dragged, setDragged] = useState<string>();
  const rows = within(matrix.rows, sizes.cell, [scroll.top, scroll.height]);
  const columns = within(matrix.columns, sizes.wide, [scroll.left, scroll.width]);
  const drop = (before: string) => {
    if (dragged !== undefined && dragged !== before) dial.turn({ moved: [...shown.request.moved, [dragged, before]] });
    setDragged(undefined);
  };
  const events = (key: string) => ({
    onPointerDown: (event: PointerEvent) => {
      event.stopPropagation();
      setDragged(key);
    },
    onPointerUp: () => drop(key),
  });
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0 overflow-hidden text-caption">
      <div
        className="absolute inset-x-0 top-0 overflow-hidden bg-sunken"
        style={{ height: HEAD.column, left: HEAD.row }}
      >
        {columns.map(({ node, index }) => (
          <span
            key={placeKey(node)}
            data-column={placeKey(node)}
            {...events(placeKey(node))}
            className={`pointer-events-auto absolute bottom-1 flex cursor-grab flex-col items-center gap-1 overflow-hidden ${cursor?.[1] === index ? "font-[650] text-ink" : "text-ink-2"}`}
            style={{ left: index * sizes.wide - scroll.left, width: sizes.wide }}
          >
            {sizes.isWorded ? <PlaceMark node={node} /> : null}
            {sizes.isWorded ? <span className="max-w-full truncate px-0.5">{placeName(node)}</span> : null}
          </span>
        ))}
        {sizes.isWorded ? null : <FarName node={cursor === undefined ? undefined : matrix.columns[cursor[1]]} />}
      </div>
      <div
        className="absolute inset-y-0 start-0 overflow-hidden bg-sunken"
        style={{ width: HEAD.row, top: HEAD.column }}
      >
        {rows.map(({ node, index }) => (
          <span
            key={placeKey(node)}
            data-sender={placeKey(node)}
            {...events(placeKey(node))}
            className={`pointer-events-auto absolute start-0 flex w-full cursor-grab items-center gap-2 pe-2 ${cursor?.[0] === index ? "font-[650] text-ink" : "text-ink-2"}`}
            style={{
              top: index * sizes.cell - scroll.top,
              height: sizes.cell,
              fontSize: sizes.isWorded ? undefined : Math.min(11, sizes.cell),
            }}
          >
            {sizes.isWorded ? <PlaceMark node={node} /> : null}
            <span className="min-w-0 truncate leading-none">{placeName(node)}</span>
          </span>
        ))}
      </div>
      <div className="absolute start-0 top-0 bg-sunken" style={{ width: HEAD.row, height: HEAD.column }} />
    </div>
  );
}

/** Columns too narrow for names: the one under the cursor is named. */
function FarName({ node }: { readonly node: ReachNode | undefined }) {
  return node === undefined ? null : (
    <span className="absolute start-1 bottom-2 font-[650] text-ink">↓ {placeName(node)}</span>
  );
}

function PlaceMark({ node }: { readonly node: ReachNode }) {
  if (node.kind === "profile") return <Coat name={node.id} size={16} />;
  return <Icon of={node.kind === "world" ? Globe : Network} size={16} className="text-ink-3" />;
}

function within(nodes: readonly ReachNode[], size: number, [start, length]: readonly [number, number]) {
  const first = Math.max(0, Math.floor(start / size) - 1);
  const last = Math.min(nodes.length, Math.ceil((start + length) / size) + 1);
  return nodes.slice(first, last).map((node, offset) => ({ node, index: first + offset }));
}
