"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleX, X } from "lucide-react";
import type { ReactNode } from "react";
import { EnforcedMark } from "#components/marks/enforced-mark.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { nodeStatuses } from "#web/queries/node-statuses.ts";
import { ProfileAssignment } from "./assignment/profile-assignment.tsx";
import type { EndpointRow } from "./endpoint-rows.ts";
import { StateMark } from "./state-mark.tsx";

type EndpointPanelProps = {
  readonly row: EndpointRow;
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
};

/** Everything about one endpoint, and the one thing that can be changed here: its profiles and their order. */
export function EndpointPanel({ row, snapshot, onClose }: EndpointPanelProps) {
  const { key, value } = row;
  return (
    <aside
      aria-label={`Endpoint ${key.endpoint}`}
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && onClose()}
      className="thin-scroll flex w-[340px] shrink-0 flex-col overflow-y-auto border-s border-line bg-surface max-lg:fixed max-lg:inset-e-0 max-lg:inset-y-0 max-lg:z-30 max-lg:w-full max-lg:max-w-[400px] max-lg:shadow-3"
    >
      <header className="flex items-start gap-3 border-b border-line px-[18px] py-4">
        <div className="min-w-0 grow">
          <h2 className="text-title break-words">{key.endpoint}</h2>
          <p className="text-ink-2">
            on {key.host}, {key.orchestrator} / {key.workload}
          </p>
        </div>
        <Button look="plain" size="icon" aria-label="Close the panel" onClick={onClose}>
          <Icon of={X} size={14} />
        </Button>
      </header>
      <dl className="grid grid-cols-[92px_minmax(0,1fr)] gap-x-3 gap-y-2 border-b border-line px-[18px] py-4">
        <Fact name="State">
          <StateMark value={value} />
        </Fact>
        {value.kind === "valid" ? <ValidFacts row={row} /> : null}
        <Fact name="Agent">
          <AgentFacts row={row} revision={snapshot.revision} />
        </Fact>
      </dl>
      {value.kind === "valid" ? (
        <ProfileAssignment row={row} stored={value.endpoint.profileIds} snapshot={snapshot} />
      ) : (
        <InvalidValue value={value} />
      )}
    </aside>
  );
}

function ValidFacts({ row: { value, addresses } }: { readonly row: EndpointRow }) {
  if (value.kind !== "valid") return null;
  const { endpoint } = value;
  return (
    <>
      <Fact name="Interface">
        <span className="mono">{endpoint.name}</span>
      </Fact>
      <Fact name="Addresses">
        {addresses.length === 0 ? "none" : null}
        {addresses.map((address) => (
          <span key={address} className="mono block">
            {address}
          </span>
        ))}
      </Fact>
      <Fact name="MAC">
        {endpoint.mac === undefined ? "not given, not policed" : <span className="mono">{endpoint.mac}</span>}
      </Fact>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** What the host's own agent says; nothing is claimed for a host that says nothing. */
function AgentFacts({ row, revision }: { readonly row: EndpointRow; readonly revision: number }) {
  const { host } = row.key;
  const { data } = useQuery(nodeStatuses());
  const status = data?.find((each) => each.host === host);
  if (data === undefined) return <span className="text-ink-3">not read yet</span>;
  if (status === undefined) return <span className="text-ink-2">none reports for {host}</span>;
  const isCurrent = status.isInSync && status.appliedRevision >= revision;
  const link = row.value.kind === "valid" ? status.endpoints[row.value.endpoint.name] : undefined;
  const refused = status.rejected.filter(({ key }) => key.endsWith(`/endpoint/${row.key.endpoint}`));
  return (
    <>
      <span className="flex items-center gap-1.5">
        <EnforcedMark enforcing={isCurrent ? 1 : 0} total={1} />
        {isCurrent
          ? `enforces rev ${status.appliedRevision}`
          : `at rev ${status.appliedRevision}, the policy is at ${revision}`}
      </span>
      {link === undefined ? null : <span className="block text-ink-2">says its interface is {link}</span>}
      {refused.map(({ key, reason }) => (
        <span key={key} className="block text-deny-text">
          refused it: {reason}
        </span>
      ))}
    </>
  );
}

function InvalidValue({ value }: { readonly value: Extract<EndpointRow["value"], { readonly kind: "invalid" }> }) {
  return (
    <section className="px-[18px] py-4">
      <h3 className="text-heading">Why it cannot be read</h3>
      <ul className="mt-2 flex flex-col gap-2">
        {value.issues.map((issue) => (
          <li key={`${issue.path.join(".")} ${describeIssue(issue)}`} className="flex items-start gap-2">
            <Icon of={CircleX} size={14} className="mt-0.5 text-deny-text" />
            <span className="min-w-0 break-words">
              {issue.path.length === 0 ? null : <span className="mono text-ink-2">{issue.path.join(".")} </span>}
              {describeIssue(issue)}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-ink-2">
        Until it can be read, the endpoint is a member of no tag, and its own traffic is dropped. Whoever wrote it has
        to write it again; its profiles cannot be changed here.
      </p>
      <h3 className="mt-4 text-heading">As it is stored</h3>
      <pre className="mono thin-scroll mt-2 max-h-60 overflow-auto rounded-list border border-line bg-sunken p-3 whitespace-pre-wrap break-all">
        {value.text}
      </pre>
    </section>
  );
}
