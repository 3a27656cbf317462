import { ChevronRight, KeyRound } from "lucide-react";
import { useMemo } from "react";
import type { DecisionJson } from "#analysis/format/as-json.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { Coat } from "#components/marks/coat.tsx";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { placeKey, placeName } from "#components/reach/place-key.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { Key } from "../model/graph-relations.ts";
import type { GraphRequest } from "../model/graph-request.ts";
import type { GraphRow, RowPiece } from "../model/graph-row.ts";
import { useGraphAnswer } from "../use-graph-answer.ts";

type RelationRowProps = {
  readonly row: GraphRow;
  readonly request: GraphRequest;
  readonly stamp: object;
  readonly index: number;
  readonly isChosen: boolean;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  readonly onChoose: () => void;
};

/** One relation in words; open, also every piece of it with the rules on both sides. */
export function RelationRow({ row, request, stamp, index, isChosen, isOpen, onToggle, onChoose }: RelationRowProps) {
  return (
    <>
      <tr
        data-row={row.id}
        aria-rowindex={index + 2}
        aria-level={1}
        aria-expanded={isOpen}
        className={`h-9 border-b border-line last:border-b-0 max-md:grid max-md:h-auto max-md:grid-cols-2 max-md:gap-x-2 max-md:p-3 ${isChosen ? "bg-sel shadow-[inset_3px_0_var(--color-focus)]" : "hover:bg-hover"}`}
      >
        <th scope="row" className="px-3 text-start font-[450] first:ps-2 max-md:p-0!">
          <span className="flex items-center gap-1">
            <button
              type="button"
              tabIndex={-1}
              aria-label={isOpen ? "Close" : "Open"}
              onClick={() => onToggle(!isOpen)}
              className="flex size-6 shrink-0 items-center justify-center rounded-key text-ink-3 hover:bg-hover coarse:size-10"
            >
              <Icon of={ChevronRight} size={12} className={isOpen ? "rotate-90" : ""} />
            </button>
            <button
              type="button"
              data-row-button
              aria-pressed={isChosen}
              onClick={onChoose}
              className="flex min-h-6 min-w-0 items-center gap-2"
            >
              <PlaceMark place={row.from} />
              <span className="truncate font-[550]">{placeName(row.from)}</span>
              <span className="sr-only">to {placeName(row.to)}, show why</span>
            </button>
          </span>
        </th>
        <td className="px-3 max-md:px-0">
          <span className="flex items-center gap-2">
            <PlaceMark place={row.to} />
            <span className="truncate">{placeName(row.to)}</span>
          </span>
        </td>
        <RowFacts row={row} />
      </tr>
      {isOpen ? <Pieces {...{ row, request, stamp }} /> : null}
    </>
  );
}

const CELL = "px-3 max-md:col-span-2 max-md:px-0";

function RowFacts({ row }: { readonly row: GraphRow }) {
  switch (row.kind) {
    case "open":
      return (
        <>
          <td className={CELL}>
            <Verdict mark="allow" text={row.text} />
          </td>
          <td className={CELL}>
            <span className="flex flex-wrap gap-x-3">
              {row.keys.map((key) => (
                <KeyWords key={JSON.stringify(key)} of={key} />
              ))}
            </span>
          </td>
          <td className={`${CELL} text-small text-ink-2`}>{row.deciders}</td>
        </>
      );
    case "stopped": {
      const side = row.stoppedBy === "sender" ? `${placeName(row.from)}’s outbound` : `${placeName(row.to)}’s inbound`;
      return (
        <>
          <td className={CELL}>
            <Verdict mark="deny" text={row.text} />
          </td>
          <td className={CELL}>{side}</td>
          <td className={`${CELL} text-small text-ink-2`}>
            {row.positions.length === 0 ? "no rule matches" : `rule ${row.positions.join(", ")}`}
          </td>
        </>
      );
    }
    case "changed":
      return <ChangeCells change={row.change} />;
  }
}

const SIGNS = { added: "+ added", removed: "− removed", changed: "± other ports" } as const;

function ChangeCells({
  change: { kind, was, is },
}: {
  readonly change: Extract<GraphRow, { kind: "changed" }>["change"];
}) {
  return (
    <>
      <td className={`${CELL} font-[550]`} data-change-kind={kind}>
        {SIGNS[kind]}
      </td>
      <td className={`mono ${CELL}`}>{was === "none" ? "nothing" : was}</td>
      <td className={`mono ${CELL}`}>{is === "none" ? "nothing" : is}</td>
    </>
  );
}

function Verdict({ mark, text }: { readonly mark: "allow" | "deny"; readonly text: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <VerdictMark mark={mark} size={12} />
      <span className="mono">{text}</span>
    </span>
  );
}

function PlaceMark({ place }: { readonly place: ReachNode }) {
  return place.kind === "profile" ? <Coat name={place.id} size={15} /> : null;
}

function KeyWords({ of: key }: { readonly of: Key }) {
  if (key.kind === "anyone") return <span className="text-ink-3">no tag needed</span>;
  if (key.kind === "range") return <span className="mono text-ink-2">{key.cidr}</span>;
  return (
    <span className="inline-flex items-center gap-1">
      <Icon of={KeyRound} size={12} className="text-amber-text" />
      <span className="mono">{key.tag}</span>
    </span>
  );
}

type PiecesProps = Pick<RelationRowProps, "row" | "request" | "stamp">;

/** Connections that the same two rules decide, allowed ones first. */
function Pieces({ row, request, stamp }: PiecesProps) {
  const question = useMemo(
    () => ({ kind: "pieces", request, from: placeKey(row.from), to: placeKey(row.to) }) as const,
    [request, row],
  );
  const pieces = useGraphAnswer("pieces", question, stamp)?.pieces ?? [];
  return pieces.map((piece) => (
    <tr
      key={`${piece.verdict} ${piece.connections}`}
      data-piece
      aria-level={2}
      tabIndex={-1}
      className="border-b border-line bg-sunken text-small text-ink-2 focus-visible:bg-sel max-md:block max-md:p-2"
    >
      <td className="py-1.5 ps-10 pe-3 max-md:block" colSpan={2}>
        <Verdict mark={piece.verdict} text={piece.connections} />
      </td>
      <td className="px-3 max-md:block" colSpan={3}>
        {pieceWords(piece)}
      </td>
    </tr>
  ));
}

function pieceWords({ sender, receiver }: RowPiece): string {
  return `out: ${decisionWords(sender)}; in: ${decisionWords(receiver)}`;
}

function decisionWords(decision: DecisionJson): string {
  if ("rule" in decision) return `${decision.profile} ${decision.position}, ${decision.rule}`;
  return REASONS[decision.reason] ?? decision.reason;
}

const REASONS: Readonly<Record<string, string>> = {
  "not-policed": "no policy of ours",
  "no-rule-matched": "no rule matches",
  "profile-missing": "its rules cannot be read",
};
