"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, useEffect, useMemo, useRef, useState } from "react";
import { placeKey } from "#components/reach/place-key.ts";
import type { GraphRequest } from "../model/graph-request.ts";
import type { GraphRow } from "../model/graph-row.ts";
import type { ShownView } from "../use-graph-answer.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { askGraph } from "../worker/ask-graph.ts";
import { RelationRow } from "./relation-row.tsx";
import { useGridKeys } from "./use-grid-keys.ts";

type GraphTableProps = { readonly shown: ShownView; readonly stamp: object; readonly dial: GraphDial };

const ROW_HEIGHT = 36;
/** Rows explained at a time, and the rows of a table that stands there whole, so that the browser can search it. */
const PAGE = 200;
const WHOLE_TABLE = 400;
export const COLUMN_NAMES: Readonly<Record<GraphRequest["show"], readonly string[]>> = {
  allowed: ["From", "To", "May send", "By", "Decided by"],
  blocked: ["From", "To", "Stopped", "By", "Decided by"],
  changed: ["From", "To", "Change", "Before", "Now"],
};

/** The same facts as the picture as a tree grid: one row per relation, which opens into its pieces and their rules. */
export function GraphTable({ shown, stamp, dial }: GraphTableProps) {
  const { request, view } = shown;
  const total = view.counts.shown;
  const scroller = useRef<HTMLDivElement>(null);
  const { rowAt, want } = useRows(request, stamp, total);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: total <= WHOLE_TABLE ? total : 40,
    initialRect: { width: 800, height: 4_000 },
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => want(first, last), [want, first, last]);
  const toggle = (id: string, isOpen: boolean) =>
    setOpen((before) => {
      const next = new Set(before);
      if (isOpen) next.add(id);
      else next.delete(id);
      return next;
    });
  const keys = useGridKeys(toggle, (index) => virtual.scrollToIndex(index));
  const { selection } = request;
  const isChosen = (row: GraphRow) =>
    selection.kind === "pair" && selection.from === placeKey(row.from) && selection.to === placeKey(row.to);
  return (
    <div ref={scroller} className="thin-scroll min-h-0 grow overflow-auto px-[22px] pb-5 max-md:px-3">
      <div className="overflow-hidden rounded-list border border-line bg-raised shadow-1">
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree grid has no element of its own.
          role="treegrid"
          aria-rowcount={total + 1}
          aria-label={`${LABELS[request.show]}. Arrow keys move, right opens a row, Enter shows why.`}
          className="w-full border-collapse text-start"
        >
          <thead className="max-md:sr-only">
            <tr aria-rowindex={1} className="h-9 border-b border-line text-small text-ink-2">
              {COLUMN_NAMES[request.show].map((name) => (
                <th key={name} scope="col" className="px-3 text-start font-[450] first:ps-[18px]">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody onKeyDown={keys}>
            <Spacer height={items[0]?.start ?? 0} />
            {items.map(({ index }) => {
              const row = rowAt(index);
              if (row === undefined) return <Fragment key={index}>{<Spacer height={ROW_HEIGHT} />}</Fragment>;
              return (
                <RelationRow
                  key={row.id}
                  {...{ row, request, stamp, index }}
                  isChosen={isChosen(row)}
                  isOpen={open.has(row.id)}
                  onToggle={(isOpen) => toggle(row.id, isOpen)}
                  onChoose={() => dial.select({ kind: "pair", from: placeKey(row.from), to: placeKey(row.to) })}
                />
              );
            })}
            <Spacer height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
          </tbody>
        </table>
        {total === 0 ? <p className="px-[18px] py-6 text-center text-ink-2">{NOTHING[request.show]}</p> : null}
      </div>
    </div>
  );
}

const LABELS = {
  allowed: "Open pairs: who can reach whom, on what, by which key and which rules",
  blocked: "Pairs that one side stops, and the rules that do",
  changed: "Relations that changed, before and now",
} as const;

const NOTHING = {
  allowed: "No open pair here.",
  blocked: "No pair is stopped by one side alone.",
  changed: "Nothing changed. Drafts show up here before they are saved.",
} as const;

function Spacer({ height }: { readonly height: number }) {
  return height <= 0 ? null : (
    <tr>
      <td colSpan={5} style={{ height }} />
    </tr>
  );
}

/** Rows are explained page by page, as they come into sight. */
function useRows(request: GraphRequest, stamp: object, total: number) {
  const [pages, setPages] = useState<{
    readonly stamp: object;
    readonly byStart: ReadonlyMap<number, readonly GraphRow[]>;
  }>();
  const asked = useRef<{ stamp: object; starts: Set<number> }>(undefined);
  const want = useMemo(
    () => (first: number, last: number) => {
      if (asked.current?.stamp !== stamp) asked.current = { stamp, starts: new Set() };
      const { starts } = asked.current;
      for (let start = first - (first % PAGE); start <= last && start < total; start += PAGE) {
        if (starts.has(start)) continue;
        starts.add(start);
        void askGraph({ kind: "rows", request, start, count: PAGE }).then((answer) => {
          if (answer.kind !== "rows" || asked.current?.stamp !== stamp) return;
          setPages((before) => {
            const known = before?.stamp === stamp ? before.byStart : [];
            return { stamp, byStart: new Map([...known, [start, answer.rows]]) };
          });
        });
      }
    },
    [request, stamp, total],
  );
  // Rows of the view before stay until those of this one are there.
  const rowAt = (index: number) => pages?.byStart.get(index - (index % PAGE))?.[index % PAGE];
  return { rowAt, want };
}
