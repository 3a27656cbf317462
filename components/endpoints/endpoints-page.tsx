"use client";

import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { type RefObject, useMemo, useRef, useState } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Unreadable } from "#components/live/unreadable.tsx";
import { HelpDialog } from "#components/shell/help-dialog.tsx";
import { Counter, PageFrame } from "#components/shell/page-frame.tsx";
import { KeyHint } from "#components/shell/status-bar.tsx";
import { usePageKeys } from "#components/shell/use-page-keys.ts";
import { Icon } from "#components/ui/icon.tsx";
import { useTypedText } from "#components/url/use-typed-text.ts";
import { useUrlState } from "#components/url/use-url-state.ts";
import { nodeStatuses } from "#web/queries/node-statuses.ts";
import { EndpointPanel } from "./endpoint-panel.tsx";
import { type EndpointRow, endpointRows, filterRows } from "./endpoint-rows.ts";
import { EndpointTable } from "./endpoint-table.tsx";

/** Every endpoint, its profiles in order, and the place to change that order. */
export function EndpointsPage() {
  const policy = usePolicy();
  const snapshot = policy.kind === "known" ? policy.state.snapshot : undefined;
  const rows = useMemo(() => (snapshot === undefined ? [] : endpointRows(snapshot)), [snapshot]);
  const { params, change } = useUrlState();
  const query = params.get("q") ?? "";
  const shown = useMemo(() => filterRows(rows, query), [rows, query]);
  const selected = rows.find(({ id }) => id === params.get("endpoint"));
  const filter = useRef<HTMLInputElement>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  usePageKeys({ "/": () => filter.current?.focus(), "?": () => setHelpOpen(true) });
  return (
    <PageFrame
      title="Endpoints"
      counters={snapshot === undefined ? null : <Counters rows={rows} />}
      actions={<Filter field={filter} query={query} onChange={(q) => change({ q })} />}
      status={snapshot === undefined ? null : `Read at rev ${snapshot.revision}`}
      keys={
        <>
          <KeyHint keys="↑↓" does="move" />
          <KeyHint keys="↵" does="open" />
          <KeyHint keys="/" does="filter" />
        </>
      }
    >
      {policy.kind === "reading" ? <Reading /> : null}
      {policy.kind === "unreadable" ? <Unreadable detail={policy.detail} onRetry={policy.retry} /> : null}
      {isHelpOpen ? <HelpDialog onClose={() => setHelpOpen(false)} /> : null}
      {snapshot === undefined ? null : (
        <div className="flex min-h-0 grow">
          <div className="thin-scroll min-w-0 grow overflow-auto bg-sunken p-[22px] max-md:p-3">
            {rows.length === 0 ? <NoEndpoints /> : null}
            {rows.length > 0 && shown.length === 0 ? (
              <NothingFound query={query} onClear={() => change({ q: undefined })} />
            ) : null}
            {shown.length > 0 ? (
              <EndpointTable rows={shown} selectedId={selected?.id} onSelect={(id) => change({ endpoint: id })} />
            ) : null}
          </div>
          {selected === undefined ? null : (
            <EndpointPanel
              key={selected.id}
              row={selected}
              snapshot={snapshot}
              onClose={() => change({ endpoint: undefined })}
            />
          )}
        </div>
      )}
    </PageFrame>
  );
}

function Counters({ rows }: { readonly rows: readonly EndpointRow[] }) {
  const { data: nodes } = useQuery(nodeStatuses());
  const hosts = new Set(rows.map(({ key }) => key.host)).size;
  const troubled = rows.filter(({ value }) => value.kind === "invalid").length;
  return (
    <>
      <Counter value={rows.length} unit={rows.length === 1 ? "endpoint" : "endpoints"} />
      <Counter value={hosts} unit={hosts === 1 ? "host" : "hosts"} />
      {troubled > 0 ? <Counter value={troubled} unit="cannot be read" /> : null}
      {nodes === undefined ? null : (
        <Counter value={nodes.length} unit={nodes.length === 1 ? "agent reports" : "agents report"} />
      )}
    </>
  );
}

type FilterProps = {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly query: string;
  readonly onChange: (query: string) => void;
};

function Filter({ field, query, onChange }: FilterProps) {
  const [text, type] = useTypedText(query, onChange);
  return (
    <label className="relative flex items-center">
      <span className="sr-only">Filter endpoints by name, host, address or profile</span>
      <Icon of={Search} size={14} className="pointer-events-none absolute inset-s-2.5 text-ink-3" />
      <input
        ref={field}
        type="search"
        value={text}
        onChange={(event) => type(event.target.value)}
        placeholder="Filter endpoints"
        spellCheck={false}
        autoComplete="off"
        className="h-[30px] w-56 rounded-control border border-control-line bg-raised ps-8 pe-2 outline-none focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint coarse:h-10 max-sm:w-40"
      />
    </label>
  );
}

function NoEndpoints() {
  return (
    <div className="mx-auto mt-16 max-w-[440px] text-center">
      <h2 className="text-title">No endpoints yet</h2>
      <p className="mt-1.5 text-ink-2">
        Whatever attaches a workload registers it, or you do it by hand. Until an endpoint has a profile, it sends and
        receives nothing.
      </p>
      <code className="mono mt-3 block rounded-list border border-line bg-raised p-3 text-start break-words text-ink-2">
        calicoctl endpoint add web-1 --host=node-01 --interface=cali0001 --ip=10.65.0.1 --profile=WEB
      </code>
    </div>
  );
}

function NothingFound({ query, onClear }: { readonly query: string; readonly onClear: () => void }) {
  return (
    <p className="mt-16 text-center text-ink-2">
      No endpoint has “{query}” in its name, host, addresses or profiles.{" "}
      <button type="button" className="font-[550] text-ink underline" onClick={onClear}>
        Clear filter
      </button>
    </p>
  );
}

/** Rows at their true height, after a moment. */
function Reading() {
  return (
    <div className="grow animate-appear-late bg-sunken p-[22px]" aria-busy="true">
      <span className="sr-only">Reading the endpoints</span>
      {Array.from({ length: 8 }, (_, index) => (
        <div key={`row ${String(index)}`} className="mb-px h-[45px] bg-raised" />
      ))}
    </div>
  );
}
