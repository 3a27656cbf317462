"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useRef } from "react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { placeKey, placeName } from "#components/reach/place-key.ts";
import type { GraphModel, GraphPair } from "../model/graph-model.ts";
import type { GraphSelection } from "../model/graph-selection.ts";
import type { GraphStop } from "../model/graph-stops.ts";
import { PairRow } from "./pair-row.tsx";

type GraphTableProps = {
  readonly model: GraphModel;
  readonly pairs: readonly GraphPair[];
  readonly stops: readonly GraphStop[];
  readonly selection: GraphSelection;
  readonly onSelect: (selection: GraphSelection) => void;
};

const ROW_HEIGHT = 36;
const WHOLE_TABLE = 400;
const COLUMNS = ["From", "To", "May send", "By", "Decided by"] as const;

/** The same facts as the picture, one row per open pair; then the pairs that one side stops. */
export function GraphTable({ model, pairs, stops, selection, onSelect }: GraphTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: pairs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    // A table of ordinary size stands there whole, so that the browser can search it.
    overscan: pairs.length <= WHOLE_TABLE ? pairs.length : 60,
    initialRect: { width: 800, height: 4_000 },
  });
  const items = rows.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const behind = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  const isChosen = (pair: GraphPair) =>
    selection.kind === "pair" && selection.from === placeKey(pair.from) && selection.to === placeKey(pair.to);
  return (
    <div ref={scroller} className="thin-scroll min-h-0 grow overflow-auto px-[22px] pb-5 max-md:px-3">
      <div className="overflow-hidden rounded-list border border-line bg-raised shadow-1">
        <table aria-rowcount={pairs.length + 1} className="w-full border-collapse text-start">
          <caption className="sr-only">Open pairs: who can reach whom, on what, by which key and which rules</caption>
          <thead className="max-md:sr-only">
            <tr aria-rowindex={1} className="h-9 border-b border-line text-small text-ink-2">
              {COLUMNS.map((name) => (
                <th key={name} scope="col" className="px-3 text-start font-[450] first:ps-[18px]">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={moveFocus}>
            <Spacer height={before} />
            {items.map(({ index }) => {
              const pair = pairs[index];
              if (pair === undefined) return null;
              return (
                <PairRow
                  key={pair.id}
                  {...{ model, pair }}
                  rowIndex={index + 2}
                  isChosen={isChosen(pair)}
                  onChoose={() => onSelect({ kind: "pair", from: placeKey(pair.from), to: placeKey(pair.to) })}
                />
              );
            })}
            <Spacer height={behind} />
          </tbody>
        </table>
        {pairs.length === 0 ? <p className="px-[18px] py-6 text-center text-ink-2">No open pair here.</p> : null}
      </div>
      <StopTable stops={stops} onSelect={onSelect} />
    </div>
  );
}

function Spacer({ height }: { readonly height: number }) {
  return height <= 0 ? null : (
    <tr>
      <td colSpan={COLUMNS.length} style={{ height }} />
    </tr>
  );
}

type StopTableProps = Pick<GraphTableProps, "stops" | "onSelect">;

function StopTable({ stops, onSelect }: StopTableProps) {
  if (stops.length === 0) return null;
  return (
    <table className="mt-5 w-full rounded-list border border-dashed border-deny-line text-start">
      <caption className="pb-2 text-start text-heading">Stopped by one side</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Pair</th>
          <th scope="col">Stopped by</th>
          <th scope="col">What the other side would let through</th>
        </tr>
      </thead>
      <tbody>
        {stops.map(({ id, from, to, stoppedBy, text }) => (
          <tr key={id} className="border-b border-line bg-raised last:border-b-0">
            <th scope="row" className="px-[18px] text-start font-[450]">
              <button
                type="button"
                onClick={() => onSelect({ kind: "pair", from: placeKey(from), to: placeKey(to) })}
                className="min-h-9 font-[550]"
              >
                {placeName(from)} → {placeName(to)}
              </button>
            </th>
            <td className="px-3">
              <span className="flex items-center gap-1.5">
                <VerdictMark mark="deny" />
                {stoppedBy === "sender" ? `${placeName(from)}’s outbound` : `${placeName(to)}’s inbound`}
              </span>
            </td>
            <td className="mono px-3">{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function moveFocus(event: KeyboardEvent): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const row = event.target instanceof Element ? event.target.closest("tr") : null;
  if (step === 0 || row === null) return;
  event.preventDefault();
  const next = step === 1 ? row.nextElementSibling : row.previousElementSibling;
  next?.querySelector<HTMLElement>("button")?.focus();
}
