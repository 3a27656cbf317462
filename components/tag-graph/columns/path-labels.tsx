import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import type { GraphLayout } from "../layout/graph-layout.ts";
import type { PictureFocus } from "../model/graph-picture.ts";

type PathLabelsProps = { readonly focus: PictureFocus; readonly layout: GraphLayout };

/** What the one chosen pair may send through each key, written on the line from that key. */
export function PathLabels({ focus, layout }: PathLabelsProps) {
  return focus.labels.map(({ key, to, text }) => {
    const [start, end] = [layout.byId.get(key)?.y, layout.byId.get(to)?.y];
    if (start === undefined || end === undefined) return null;
    return (
      <span
        key={key}
        data-path-label={key}
        className="absolute inset-s-1/2 z-10 flex h-6 max-w-full -translate-x-1/2 items-center gap-1.5 rounded-chip border border-allow-line bg-allow-tint px-1.5 text-allow-text max-md:hidden"
        style={{ top: (start + end) / 2 - 12 }}
      >
        <VerdictMark mark="allow" size={12} />
        <span className="mono truncate text-small">{text}</span>
      </span>
    );
  });
}
