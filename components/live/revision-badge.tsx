"use client";

import { useQuery } from "@tanstack/react-query";
import { EnforcedMark } from "#components/marks/enforced-mark.tsx";
import { nodeStatuses } from "#web/queries/node-statuses.ts";
import { expectedNodes } from "./expected-nodes.ts";
import { useLiveStatus } from "./live-status.ts";
import { usePolicy } from "./policy-provider.tsx";

/** The live revision and how many nodes enforce it; the rail's foot, or one line on a phone. */
export function RevisionBadge({ isCompact = false }: { readonly isCompact?: boolean }) {
  const policy = usePolicy();
  const status = useLiveStatus();
  const statuses = useQuery(nodeStatuses()).data ?? [];
  const nodes = policy.kind === "known" ? expectedNodes(statuses, policy.state.snapshot) : statuses;
  const revision = policy.kind === "known" ? policy.state.snapshot.revision : undefined;
  const enforcing = nodes.filter((node) => node.isInSync && node.appliedRevision >= (revision ?? 0)).length;
  const mark = nodes.length > 0 ? <EnforcedMark enforcing={enforcing} total={nodes.length} /> : null;
  const label = revision === undefined ? "rev –" : `rev ${revision}`;
  if (isCompact) {
    return (
      <span className="flex items-center gap-1.5 text-small text-ink-2" data-testid="revision" data-line={status.kind}>
        {mark}
        {label}
      </span>
    );
  }
  return (
    <div className="rounded-list border border-line bg-sunken px-3 py-2" data-testid="revision" data-line={status.kind}>
      <p className="flex items-center gap-2">
        {mark}
        <span className="text-heading">{label}</span>
        <span className="ms-auto text-caption text-ink-3">{wordFor(status.kind)}</span>
      </p>
      <p className="mt-0.5 text-small text-ink-2">{sentenceFor(enforcing, nodes.length)}</p>
    </div>
  );
}

function wordFor(kind: ReturnType<typeof useLiveStatus>["kind"]): string {
  switch (kind) {
    case "live":
      return "live";
    case "connecting":
      return "connecting";
    case "etcd-away":
    case "board-away":
      return "not live";
  }
}

function sentenceFor(enforcing: number, total: number): string {
  if (total === 0) return "No node reports";
  return `${enforcing} of ${total} ${total === 1 ? "node enforces it" : "nodes enforce it"}`;
}
