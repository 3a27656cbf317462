import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import type { GraphLayout } from "../layout/graph-layout.ts";
import type { GraphFocus } from "../model/graph-focus.ts";

type PathLabelProps = { readonly focus: GraphFocus; readonly layout: GraphLayout };

/** What the one chosen pair may send, written on its line. */
export function PathLabel({ focus, layout }: PathLabelProps) {
  const [pair, ...others] = focus.pairs;
  if (pair === undefined || others.length > 0) return null;
  const line =
    focus.links.find(({ from }) => from.startsWith("key:tag:")) ??
    focus.links.find(({ from }) => from.startsWith("key:"));
  const [start, end] = [layout.byId.get(line?.from ?? "")?.y, layout.byId.get(line?.to ?? "")?.y];
  if (start === undefined || end === undefined) return null;
  return (
    <span
      className="absolute inset-s-1/2 z-10 flex h-6 max-w-full -translate-x-1/2 items-center gap-1.5 rounded-chip border border-allow-line bg-allow-tint px-1.5 text-allow-text max-md:hidden"
      style={{ top: (start + end) / 2 - 12 }}
    >
      <VerdictMark mark="allow" size={12} />
      <span className="mono truncate text-small">{pair.text}</span>
    </span>
  );
}
