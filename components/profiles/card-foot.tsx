import { GitCommitHorizontal } from "lucide-react";
import { lazy, Suspense } from "react";
import { formatAge, useAge } from "#components/live/use-age.ts";
import { EnforcedMark } from "#components/marks/enforced-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { NodeStatus } from "#web/queries/node-statuses.ts";
import type { ProfileDesk } from "./use-profile-desk.ts";

/** Most cards have no draft: the strip is read when the first has one, or soon after the first paint. */
const CardImpact = lazy(() => import("./card-impact.tsx").then((module) => ({ default: module.CardImpact })));

type CardFootProps = {
  readonly desk: ProfileDesk;
  readonly nodes: readonly NodeStatus[];
  readonly endpointCount: number;
  readonly changedAt: number | undefined;
  readonly canSave: boolean;
  readonly tabIndex: 0 | -1;
};

/** What is known of enforcement; with a draft, the impact strip with Save and Discard. */
export function CardFoot({ desk, nodes, endpointCount, changedAt, canSave, tabIndex }: CardFootProps) {
  const { view } = desk;
  if (view?.draft) {
    return (
      <Suspense fallback={<div className="hatch h-[34px] shrink-0 rounded-b-[11px] border-t border-amber-line" />}>
        <CardImpact desk={desk} canSave={canSave} tabIndex={tabIndex} />
      </Suspense>
    );
  }
  const version = view?.live?.version;
  const revision = version === undefined ? 0 : Math.max(version.tags, version.rules);
  return (
    <div className="flex h-[34px] shrink-0 items-center gap-2 border-t border-line px-3 text-small text-ink-2">
      {nodes.length > 0 ? <Enforced nodes={nodes} revision={revision} /> : <Endpoints count={endpointCount} />}
      <span
        className="ms-auto flex items-center gap-1 text-caption text-ink-3"
        title="The revision that last changed this profile"
      >
        <Icon of={GitCommitHorizontal} size={12} />
        {changedAt === undefined ? null : <Changed at={changedAt} />}
        rev {revision}
      </span>
      {nodes.length > 0 ? <Endpoints count={endpointCount} /> : null}
    </div>
  );
}

/** News stands where the revision does: nothing else on the card moves for it. */
function Changed({ at }: { readonly at: number }) {
  return <span className="text-ink-2">changed {formatAge(useAge(at))} ago ·</span>;
}

function Enforced({ nodes, revision }: { readonly nodes: readonly NodeStatus[]; readonly revision: number }) {
  const enforcing = nodes.filter((node) => node.appliedRevision >= revision).length;
  return (
    <span className="flex items-center gap-2">
      <EnforcedMark enforcing={enforcing} total={nodes.length} size={12} />
      Enforced {enforcing}/{nodes.length}
    </span>
  );
}

function Endpoints({ count }: { readonly count: number }) {
  return <span className="text-caption text-ink-3">{count === 1 ? "1 endpoint" : `${count} endpoints`}</span>;
}
