import { KeyRound } from "lucide-react";
import type { Decision } from "#analysis/connections/policy-diagram.ts";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { Coat } from "#components/marks/coat.tsx";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { placeName } from "#components/reach/place-key.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { GraphModel, GraphPair } from "../model/graph-model.ts";
import type { Key } from "../model/graph-relations.ts";
import { pairKeys } from "../model/pair-keys.ts";

type PairRowProps = {
  readonly model: GraphModel;
  readonly pair: GraphPair;
  readonly rowIndex: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

/** One open pair in words: who, whom, what, by which keys and which rules on both sides. */
export function PairRow({ model, pair, rowIndex, isChosen, onChoose }: PairRowProps) {
  const { fromIndex, toIndex } = pair.edge;
  const keys = pairKeys(model.reach, fromIndex, toIndex);
  return (
    <tr
      data-row={pair.id}
      aria-rowindex={rowIndex}
      className={`h-9 border-b border-line last:border-b-0 max-md:grid max-md:h-auto max-md:grid-cols-2 max-md:gap-x-2 max-md:p-3 ${isChosen ? "bg-sel shadow-[inset_3px_0_var(--color-focus)]" : "hover:bg-hover"}`}
    >
      <th scope="row" className="px-3 text-start font-[450] first:ps-[18px] max-md:p-0!">
        <button
          type="button"
          aria-pressed={isChosen}
          onClick={onChoose}
          className="flex min-h-6 max-w-full items-center gap-2"
        >
          <PlaceMark place={pair.from} />
          <span className="truncate font-[550]">{placeName(pair.from)}</span>
          <span className="sr-only">to {placeName(pair.to)}, show why</span>
        </button>
      </th>
      <td className="px-3 max-md:px-0">
        <span className="flex items-center gap-2">
          <PlaceMark place={pair.to} />
          <span className="truncate">{placeName(pair.to)}</span>
        </span>
      </td>
      <td className="px-3 max-md:col-span-2 max-md:px-0">
        <span className="flex items-center gap-1.5">
          <VerdictMark mark="allow" size={12} />
          <span className="mono">{pair.text}</span>
        </span>
      </td>
      <td className="px-3 max-md:col-span-2 max-md:px-0">
        <span className="flex flex-wrap gap-x-3">
          {keys.map(({ key }) => (
            <KeyWords key={JSON.stringify(key)} of={key} />
          ))}
        </span>
      </td>
      <td className="px-3 text-small text-ink-2 max-md:col-span-2 max-md:px-0">{decidersOf(model, pair)}</td>
    </tr>
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

/** The rules on both sides, each once, in the order they are asked. */
function decidersOf({ reach }: GraphModel, { edge }: GraphPair): string {
  const allowed = reach.explain(edge.fromIndex, edge.toIndex).filter(({ verdict }) => verdict === "allow");
  const out = positionsOf(allowed.map(({ sender }) => sender));
  const into = positionsOf(allowed.map(({ receiver }) => receiver));
  return [out === "" ? "" : `outbound ${out}`, into === "" ? "" : `inbound ${into}`].filter(Boolean).join(", ");
}

function positionsOf(decisions: readonly Decision[]): string {
  const positions = new Set(
    decisions.flatMap(({ decidedBy }) => (decidedBy.kind === "rule" ? [decidedBy.position] : [])),
  );
  return [...positions].sort((a, b) => a - b).join(", ");
}
