import type { PathLink } from "../model/graph-focus.ts";
import { Curve, curveThrough, type Ends } from "./curve.tsx";

type AlikeLinesProps = {
  readonly links: readonly PathLink[];
  readonly kind: "holds" | "admits" | "denies" | "path";
  readonly ends: (link: PathLink) => Ends;
  readonly look: string;
  readonly width: number;
};

/** More lines than this cannot be told apart anyway, and styling an element for each would hold up the page. */
const MAX_ELEMENTS = 300;

/** Lines that look alike: each an element of its own, or all of them one element where there are very many. */
export function AlikeLines({ links, kind, ends, look, width }: AlikeLinesProps) {
  const isDashed = kind === "denies";
  if (links.length <= MAX_ELEMENTS) {
    return links.map((link) => (
      <Curve
        key={link.id}
        id={kind === "path" ? `path ${link.id}` : link.id}
        ends={ends(link)}
        {...{ look, width, isDashed }}
      />
    ));
  }
  const curves = links.flatMap((link) => {
    const [start, end] = ends(link);
    return start === undefined || end === undefined ? [] : [curveThrough(start, end)];
  });
  return (
    <path
      data-links={links.length}
      d={curves.join("")}
      className={look}
      strokeWidth={width}
      {...(isDashed ? { strokeDasharray: "5 4" } : {})}
      vectorEffect="non-scaling-stroke"
    />
  );
}
