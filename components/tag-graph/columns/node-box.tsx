import { Asterisk, Globe, KeyRound, Layers, type LucideIcon, Network } from "lucide-react";
import { Coat } from "#components/marks/coat.tsx";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { GraphNode, KeyNode, ReceiverNode } from "../model/graph-model.ts";

type NodeBoxProps = {
  readonly node: GraphNode;
  /** The middle, in pixels from the top. */
  readonly y: number;
  readonly look: "rest" | "selected" | "focus" | "faded";
  readonly isTabStop: boolean;
  readonly onSelect: () => void;
  readonly onFocus: () => void;
};

const LOOKS = {
  rest: "text-ink",
  focus: "text-ink",
  faded: "text-ink-3 [&_svg]:opacity-70",
  selected:
    "z-10 border-focus! bg-sel! text-ink shadow-[0_0_0_3px_var(--color-amber-tint)]! ring-1 ring-focus font-[600]",
};

/** A box of the picture: a button that says what it is, what stands in it, and whether it is chosen. */
export function NodeBox({ node, y, look, isTabStop, onSelect, onFocus }: NodeBoxProps) {
  return (
    <button
      type="button"
      data-node={node.id}
      data-look={look}
      tabIndex={isTabStop ? 0 : -1}
      aria-pressed={look === "selected"}
      title={node.name}
      onClick={onSelect}
      onFocus={onFocus}
      style={{ top: y - 15 }}
      className={`absolute inset-x-0 flex h-[30px] [content-visibility:auto] items-center gap-2 rounded-control border px-2 text-start text-small transition-colors duration-press max-md:gap-1.5 max-md:px-1.5 ${groundOf(node)} ${LOOKS[look]}`}
    >
      <NodeMark node={node} />
      <span className={`min-w-0 truncate ${isMono(node) ? "mono" : "font-[550]"}`}>{node.name}</span>
      <span className="sr-only">{roleWords(node)}</span>
      <NodeFacts node={node} />
    </button>
  );
}

function groundOf(node: GraphNode): string {
  if (node.column !== "tag") {
    return node.place.kind === "profile" || node.place.kind === "group"
      ? "border-line bg-raised shadow-1"
      : "border-control-line bg-surface";
  }
  return isTag(node) ? "border-line bg-tag-fill" : "border-dashed border-control-line";
}

function NodeMark({ node }: { readonly node: GraphNode }) {
  if (node.column !== "tag" && node.place.kind === "profile") return <Coat name={node.name} size={16} />;
  const isKey = node.column === "tag" && isTag(node);
  return <Icon of={iconOf(node)} size={14} className={isKey ? "text-amber-text" : "text-ink-3"} />;
}

function iconOf(node: GraphNode): LucideIcon {
  if (node.column === "tag") {
    if (isTag(node)) return KeyRound;
    return node.key.kind === "anyone" ? Asterisk : Network;
  }
  if (node.place.kind === "group") return Layers;
  return node.place.kind === "world" ? Globe : Network;
}

function isMono(node: GraphNode): boolean {
  return node.column === "tag" ? node.key.kind !== "anyone" : node.place.kind === "cidr";
}

/** A tag, or several drawn as one. */
function isTag({ key }: KeyNode): boolean {
  return key.kind === "tag" || (key.kind === "tags" && key.name.startsWith("tag:"));
}

function roleWords(node: GraphNode): string {
  if (node.column === "sender") return ", sender";
  if (node.column === "receiver") return ", receiver";
  return node.key.kind === "range" ? ", address match" : "";
}

function NodeFacts({ node }: { readonly node: GraphNode }) {
  if (node.column === "receiver") return <ReceiverFacts node={node} />;
  if (node.column === "tag") return <KeyFacts node={node} />;
  if (node.place.kind !== "profile") return null;
  if (node.place.rules !== "valid") return <Unreadable rules={node.place.rules} />;
  if (node.held === 0) return null;
  return (
    <span className="ms-auto text-ink-3 max-md:hidden">
      <span className="sr-only">, holds </span>
      {node.held}
      <span className="sr-only"> asked tags</span>
    </span>
  );
}

function KeyFacts({ node }: { readonly node: KeyNode }) {
  if (!isTag(node)) return null;
  return (
    <span className="ms-auto whitespace-nowrap text-ink-3 max-md:hidden">
      <span aria-hidden="true">
        {node.held} · {node.admitted}
      </span>
      <span className="sr-only">
        , held by {node.held}, admitted by {node.admitted}
      </span>
    </span>
  );
}

const SHOWN_PORTS = 3;

function ReceiverFacts({ node: { place, ports } }: { readonly node: ReceiverNode }) {
  if (place.kind === "profile" && place.rules !== "valid") return <Unreadable rules={place.rules} />;
  const more = ports.length - SHOWN_PORTS;
  return (
    <span className="mono ms-auto flex min-w-0 gap-[0.8ch] truncate text-ink-2 max-md:hidden">
      {ports.slice(0, SHOWN_PORTS).map((port) => (
        <span key={port}>{port}</span>
      ))}
      {more > 0 ? <span>+{more}</span> : null}
    </span>
  );
}

function Unreadable({ rules }: { readonly rules: "missing" | "invalid" }) {
  return (
    <span className="ms-auto flex shrink-0 items-center gap-1 text-caption text-deny-text">
      <VerdictMark mark="invalid" size={12} />
      <span className="max-md:sr-only">{rules === "missing" ? "no rules" : "invalid"}</span>
    </span>
  );
}
