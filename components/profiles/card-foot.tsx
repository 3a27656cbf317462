import { GitCommitHorizontal, PencilLine } from "lucide-react";
import { EnforcedMark } from "#components/marks/enforced-mark.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { NodeStatus } from "#web/queries/node-statuses.ts";
import { useEffectOf } from "../drafts/effect/use-effect-of.ts";
import { saveLabel } from "../drafts/save-label.ts";
import type { ProfileDesk } from "./use-profile-desk.ts";

type CardFootProps = {
  readonly desk: ProfileDesk;
  readonly nodes: readonly NodeStatus[];
  readonly endpointCount: number;
  readonly canSave: boolean;
  readonly tabIndex: 0 | -1;
};

/** What is known of enforcement; with a draft, the impact strip with Save and Discard. */
export function CardFoot({ desk, nodes, endpointCount, canSave, tabIndex }: CardFootProps) {
  const { view } = desk;
  if (view?.draft) return <ImpactStrip desk={desk} canSave={canSave} tabIndex={tabIndex} />;
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
        rev {revision}
      </span>
      {nodes.length > 0 ? <Endpoints count={endpointCount} /> : null}
    </div>
  );
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

type ImpactStripProps = Pick<CardFootProps, "desk" | "canSave" | "tabIndex">;

function ImpactStrip({ desk, canSave, tabIndex }: ImpactStripProps) {
  const { view, isSaving } = desk;
  const effect = useEffectOf(view?.live?.profile, view?.profile);
  const edits = view?.draft?.edits.length ?? 0;
  const label = view?.isStale ? "Newer is stored · compare" : saveLabel(effect);
  return (
    <div
      data-impact
      className="hatch flex h-[34px] shrink-0 items-center gap-1 rounded-b-[11px] border-t border-amber-line ps-1.5 pe-1.5"
    >
      <Button
        look="plain"
        size="small"
        tabIndex={tabIndex}
        className="px-1.5"
        onClick={() => desk.open({ kind: "review" })}
        aria-label={`Review draft of ${desk.id}, edits: ${edits}`}
      >
        <Icon of={PencilLine} size={12} className="text-amber-text" />
        {edits}
      </Button>
      <Button
        look="plain"
        size="small"
        tabIndex={tabIndex}
        className="ms-auto px-1.5"
        onClick={desk.discard}
        aria-label={`Discard draft of ${desk.id}`}
      >
        Discard
      </Button>
      <Button
        look="primary"
        size="small"
        tabIndex={tabIndex}
        className="min-w-0 shrink px-2"
        disabled={!canSave || isSaving}
        onClick={desk.save}
        title={canSave ? undefined : "Read only while etcd is away"}
      >
        <span className="truncate">{isSaving ? "Saving…" : label}</span>
      </Button>
    </div>
  );
}
