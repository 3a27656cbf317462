import { KeyRound, Layers } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { PanelContent } from "../model/panel-content.ts";
import { keyName } from "../model/selection-names.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { PairList, PanelHead, PanelSection } from "./panel-parts.tsx";

type Content<K extends PanelContent["kind"]> = Extract<PanelContent, { readonly kind: K }>;

/** A box that stands for several: who they are, what runs through them, and how to see them one by one. */
export function GroupPanel({ panel, dial }: { readonly panel: Content<"group">; readonly dial: GraphDial }) {
  const { key, side, members, pairs } = panel;
  const pick = (member: string) => {
    if (side === "tag") return dial.select({ kind: "key", key: member });
    return dial.select(side === "sender" ? { kind: "sender", from: member } : { kind: "receiver", to: member });
  };
  const query = queryFor(panel);
  return (
    <>
      <PanelHead
        mark={<Icon of={side === "tag" ? KeyRound : Layers} size={20} className="text-ink-3" />}
        title={key.startsWith("=") ? `${key.slice(1)} and those alike` : keyName(key)}
        detail={`${members.length} ${side === "tag" ? "tags" : "profiles"} drawn as one box`}
      />
      <PanelSection title="Members" hint={members.length}>
        {query === undefined ? null : (
          <Button size="small" className="mb-2" onClick={() => dial.turn({ query, selection: { kind: "nothing" } })}>
            Draw them one by one
          </Button>
        )}
        <p className="flex flex-wrap gap-1.5">
          {members.map((member) => (
            <button
              key={member}
              type="button"
              onClick={() => pick(member)}
              className="mono inline-flex h-6 max-w-full items-center truncate rounded-chip border border-line bg-raised px-1.5 text-caption hover:bg-hover coarse:h-10"
            >
              {keyName(member)}
            </button>
          ))}
        </p>
      </PanelSection>
      <PanelSection title="Runs through them" hint={pairs.count}>
        <PairList pairs={pairs} say="both" onSelect={dial.select} />
      </PanelSection>
    </>
  );
}

function queryFor({ key, side }: Content<"group">): string | undefined {
  if (key.startsWith("=") || key.startsWith("range:")) return undefined;
  if (side === "tag") return `tag:${keyName(key)}`;
  return `${side === "sender" ? "from" : "to"}:${key}`;
}

type PairsPanelProps = { readonly panel: Content<"pairs">; readonly onSelect: GraphDial["select"] };

/** Everything open from one box to another, where a box stands for several. */
export function PairsPanel({ panel: { from, to, pairs }, onSelect }: PairsPanelProps) {
  return (
    <>
      <PanelHead
        mark={<Icon of={Layers} size={20} className="text-ink-3" />}
        title={`${from} to ${to}`}
        detail={pairs.count === 1 ? "1 open pair" : `${pairs.count} open pairs`}
      />
      <PanelSection title="Pairs" hint={pairs.count}>
        <PairList pairs={pairs} say="both" onSelect={onSelect} />
      </PanelSection>
    </>
  );
}
