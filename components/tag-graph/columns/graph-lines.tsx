import type { GraphLayout } from "../layout/graph-layout.ts";
import type { GraphLink } from "../model/graph-model.ts";
import type { GraphPicture } from "../model/graph-picture.ts";
import type { GraphRequest } from "../model/graph-request.ts";
import { AlikeLines } from "./alike-lines.tsx";
import { ChangeLines, ChangeSigns } from "./change-lines.tsx";
import type { Ends } from "./curve.tsx";
import { PathLabels } from "./path-labels.tsx";
import { StopLines, StopMarks } from "./stop-lines.tsx";

type GraphLinesProps = {
  readonly side: "left" | "right";
  readonly picture: GraphPicture;
  readonly layout: GraphLayout;
  readonly show: GraphRequest["show"];
};

const LOOKS: Readonly<Record<GraphLink["kind"], string>> = {
  holds: "stroke-line-strong",
  admits: "stroke-allow [stroke-opacity:0.38]",
  denies: "stroke-deny",
};

/** All lines between two neighbouring columns. Decoration: the table says the same in words. */
export function GraphLines({ side, picture, layout, show }: GraphLinesProps) {
  const { focus, links } = picture;
  const starts = side === "left" ? "from:" : "key:";
  const isHere = ({ from }: { readonly from: string }) => from.startsWith(starts);
  const ends = ({ from, to }: { readonly from: string; readonly to: string }): Ends => [
    layout.byId.get(from)?.y,
    layout.byId.get(to)?.y,
  ];
  const path = show === "allowed" ? (focus?.links ?? []).filter(isHere) : [];
  const changes = picture.changes.filter(isHere);
  const stops = picture.stops.filter(({ stoppedBy }) => (stoppedBy === "sender") === (side === "left"));
  const isFaint = focus !== undefined || show !== "allowed";
  return (
    <div aria-hidden="true" className="pointer-events-none relative">
      <svg
        className="absolute inset-0 size-full overflow-visible"
        viewBox={`0 0 100 ${layout.height}`}
        preserveAspectRatio="none"
        fill="none"
      >
        <title>Lines</title>
        {(["holds", "admits", "denies"] as const).map((kind) => (
          <AlikeLines
            key={kind}
            links={links.filter((each) => each.kind === kind && isHere(each))}
            {...{ kind, ends }}
            look={`${LOOKS[kind]} transition-opacity duration-menu ${isFaint ? "opacity-50" : ""}`}
            width={kind === "denies" ? 1.5 : 1.25}
          />
        ))}
        <AlikeLines links={path} kind="path" ends={ends} look="stroke-allow" width={path.length > 8 ? 1.75 : 2.75} />
        <ChangeLines changes={changes} ends={ends} />
        {show === "changed" ? null : <StopLines {...{ side, stops, layout, focus, show }} />}
      </svg>
      {show === "changed" ? (
        <ChangeSigns changes={changes} ends={ends} />
      ) : (
        <StopMarks {...{ side, stops, layout, focus, show }} />
      )}
      {side === "right" && focus !== undefined && show === "allowed" ? (
        <PathLabels focus={focus} layout={layout} />
      ) : null}
    </div>
  );
}
