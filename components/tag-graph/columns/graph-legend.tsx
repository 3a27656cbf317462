import type { ReactNode } from "react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import type { GraphPicture } from "../model/graph-picture.ts";
import type { GraphRequest } from "../model/graph-request.ts";

type GraphLegendProps = { readonly picture: GraphPicture; readonly show: GraphRequest["show"] };

/** What the lines mean, and who has none. */
export function GraphLegend({ picture, show }: GraphLegendProps) {
  const idle = picture.senders
    .filter(({ place, held }) => place.kind === "profile" && held === 0)
    .map(({ name }) => name);
  return (
    <div className="mt-auto flex flex-wrap items-center gap-x-5 gap-y-1.5 pt-5 text-caption text-ink-2">
      <Sample line={<path d="M0 4H20" className="stroke-line-strong" strokeWidth="1.25" />}>holds</Sample>
      <Sample line={<path d="M0 4H20" className="stroke-allow" strokeWidth="1.25" />}>admits</Sample>
      <Sample line={<path d="M0 4H20" className="stroke-deny" strokeWidth="1.5" strokeDasharray="5 4" />}>
        denies
      </Sample>
      {show === "changed" ? (
        <ChangeSamples />
      ) : (
        <>
          <Sample line={<path d="M0 4H20" className="stroke-allow" strokeWidth="2.75" />}>selected path</Sample>
          <span className="flex items-center gap-1.5">
            <VerdictMark mark="deny" size={12} />
            stopped by one side
          </span>
        </>
      )}
      {idle.length > 0 ? <span className="ms-auto">{sentenceOf(idle)}</span> : null}
    </div>
  );
}

function ChangeSamples() {
  return (
    <>
      <Sample line={<path d="M0 4H20" className="stroke-allow" strokeWidth="2.75" />}>+ added</Sample>
      <Sample line={<path d="M0 4H20" className="stroke-deny" strokeWidth="1.75" strokeDasharray="5 4" />}>
        − removed
      </Sample>
      <Sample line={<path d="M0 2H20M0 6H20" className="stroke-focus" strokeWidth="1.25" />}>± other ports</Sample>
    </>
  );
}

function Sample({ line, children }: { readonly line: ReactNode; readonly children: ReactNode }) {
  return (
    <span className="flex items-center gap-2">
      <svg width="20" height="8" viewBox="0 0 20 8" fill="none" aria-hidden="true">
        {line}
      </svg>
      {children}
    </span>
  );
}

const NAMED = 6;

function sentenceOf(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(", ");
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
  return `${shown}${more} ${names.length === 1 ? "holds" : "hold"} no admitted tag`;
}
