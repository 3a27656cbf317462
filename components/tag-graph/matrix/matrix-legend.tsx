import type { ReactNode } from "react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import type { GraphRequest } from "../model/graph-request.ts";

/** What the cells mean. */
export function MatrixLegend({ show }: { readonly show: GraphRequest["show"] }) {
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1.5 pt-3 text-caption text-ink-2">
      <Sample look="bg-allow">everything</Sample>
      <Sample look="border border-allow-line bg-allow-tint">some ports, by tag or address</Sample>
      <Sample look="border border-line-strong">some ports, open to anyone</Sample>
      <Sample look="border border-line-strong border-dotted">icmp only</Sample>
      <Sample look="relative after:absolute after:inset-0 after:m-auto after:size-[3px] after:rounded-full after:bg-ink-3">
        no match, drop
      </Sample>
      <span className="flex items-center gap-1.5">
        <VerdictMark mark="deny" size={12} />a deny decided
      </span>
      {show === "changed" ? <span>+ added, − removed, ± other ports</span> : null}
    </div>
  );
}

function Sample({ look, children }: { readonly look: string; readonly children: ReactNode }) {
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className={`h-3 w-4 rounded-key ${look}`} />
      {children}
    </span>
  );
}
