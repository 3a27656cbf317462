"use client";

import { CircleX } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { Icon } from "#components/ui/icon.tsx";
import type { EndpointRow } from "./endpoint-rows.ts";
import { ProfileChain } from "./profile-chain.tsx";
import { StateMark } from "./state-mark.tsx";

type EndpointTableProps = {
  readonly rows: readonly EndpointRow[];
  readonly selectedId: string | undefined;
  readonly onSelect: (id: string) => void;
};

const COLUMNS = ["Endpoint", "Host", "Interface", "Addresses", "Profiles, in order", "State"] as const;

/** One line per endpoint; its name opens the panel. Arrow keys go from name to name. */
export function EndpointTable({ rows, selectedId, onSelect }: EndpointTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  return (
    <div className="overflow-hidden rounded-list border border-line bg-raised shadow-1">
      <table className="w-full border-collapse text-start max-md:block">
        <caption className="sr-only">Endpoints, by host and name</caption>
        <thead className="max-md:sr-only">
          <tr className="h-9 border-b border-line text-small text-ink-2">
            {COLUMNS.map((name) => (
              <th key={name} scope="col" className="px-3 text-start font-[450] first:ps-[18px]">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} className="max-md:block" onKeyDown={(event) => moveFocus(event, body.current)}>
          {rows.map((row) => (
            <EndpointLine key={row.id} row={row} isSelected={row.id === selectedId} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type EndpointLineProps = {
  readonly row: EndpointRow;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
};

function EndpointLine({ row, isSelected, onSelect }: EndpointLineProps) {
  const { key, addresses, profiles, value } = row;
  return (
    <tr
      data-endpoint={row.id}
      className={`h-[45px] border-b border-line last:border-b-0 max-md:grid max-md:h-auto max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-1 max-md:p-3 ${isSelected ? "bg-sel shadow-[inset_3px_0_var(--color-focus)]" : "hover:bg-hover"}`}
    >
      <th scope="row" className="px-3 text-start font-[450] first:ps-[18px] max-md:p-0!">
        <button
          type="button"
          aria-expanded={isSelected}
          onClick={() => onSelect(row.id)}
          className="block w-full min-w-0 rounded-chip py-1 text-start"
        >
          <span className="block truncate font-[600]">{key.endpoint}</span>
          <span className="block truncate text-caption text-ink-3">
            {key.orchestrator} / {key.workload}
          </span>
        </button>
      </th>
      <td className="px-3 max-md:order-3 max-md:px-0">{key.host}</td>
      <td className="mono px-3 max-md:order-4 max-md:px-0 max-md:text-end">
        {value.kind === "valid" ? value.endpoint.name : "unknown"}
      </td>
      <td className="mono px-3 max-md:order-5 max-md:col-span-2 max-md:px-0">
        {addresses.length === 0 ? <span className="font-sans text-ink-3">none</span> : null}
        {addresses.map((address) => (
          <span key={address} className="block">
            {address}
          </span>
        ))}
      </td>
      <td className="px-3 py-1.5 max-md:order-6 max-md:col-span-2 max-md:px-0">
        {value.kind === "valid" ? <ProfileChain profiles={profiles} /> : <Unreadable count={value.issues.length} />}
      </td>
      <td className="px-3 max-md:order-2 max-md:justify-self-end max-md:px-0 max-md:pt-1">
        <StateMark value={value} />
      </td>
    </tr>
  );
}

function Unreadable({ count }: { readonly count: number }) {
  return (
    <span className="flex items-center gap-1.5 text-deny-text">
      <Icon of={CircleX} size={14} />
      Cannot be read: {count === 1 ? "1 problem" : `${count} problems`}. It sends and receives nothing.
    </span>
  );
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

function moveFocus(event: KeyboardEvent, body: HTMLElement | null): void {
  const step = STEPS[event.key];
  const buttons: readonly EventTarget[] = [...(body?.querySelectorAll("th button") ?? [])];
  const at = buttons.indexOf(event.target);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  const next = buttons[step(at, buttons.length - 1)];
  if (next instanceof HTMLElement) next.focus();
}
