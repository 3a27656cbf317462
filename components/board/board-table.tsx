"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp, TriangleAlert } from "lucide-react";
import { useRef } from "react";
import { useDrafts } from "#components/drafts/use-draft.ts";
import { countFaults } from "#components/judge/count-faults.ts";
import { Coat } from "#components/marks/coat.tsx";
import { EnforcedMark } from "#components/marks/enforced-mark.tsx";
import { admittedTags } from "#components/profiles/admitted-tags.ts";
import { endpointsOf } from "#components/profiles/profile-endpoints.ts";
import { profileHref } from "#components/profiles/profile-href.ts";
import { Icon } from "#components/ui/icon.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import type { Profile } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { NodeStatus } from "#web/queries/node-statuses.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { type BoardItem, findingsOf } from "./board-model.ts";
import type { BoardSort } from "./board-views.ts";
import type { BoardState } from "./use-board.ts";
import type { BoardUrl } from "./use-board-url.ts";

type BoardTableProps = {
  readonly board: BoardState;
  readonly state: PolicyState;
  readonly nodes: readonly NodeStatus[];
  readonly selected: ReadonlySet<ProfileId>;
  readonly onSelect: (id: ProfileId) => void;
};

const ROW_HEIGHT = 45;
const WHOLE_TABLE = 100;
/** Columns that sort, and which way round. */
const SORTS: Readonly<Record<string, { readonly by: BoardSort; readonly is: "ascending" | "descending" }>> = {
  Profile: { by: "name", is: "ascending" },
  Findings: { by: "findings", is: "descending" },
  Changed: { by: "changed", is: "descending" },
};
const COLUMNS = ["Profile", "Holds", "Admits", "Inbound", "Outbound", "Findings", "Endpoints", "Enforced", "Changed"];

/** The same profiles in rows: for comparing, and for many. */
export function BoardTable({ board, state, nodes, selected, onSelect }: BoardTableProps) {
  const scroller = useRef<HTMLElement>(null);
  const { shown } = board;
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    // A table of ordinary size stands there whole, so that the browser can search it.
    overscan: shown.length <= WHOLE_TABLE ? shown.length : 20,
    initialRect: { width: 1_000, height: 800 },
  });
  const items = rows.getVirtualItems();
  return (
    <section
      ref={scroller}
      aria-label="Table"
      className="thin-scroll min-h-0 grow overflow-auto px-[22px] pb-4 max-md:px-4"
    >
      <table
        aria-rowcount={shown.length + 1}
        className="w-full border-separate border-spacing-0 rounded-list border border-line bg-raised"
      >
        <caption className="sr-only">Profiles</caption>
        <thead>
          <tr aria-rowindex={1} className="h-9 text-small text-ink-2">
            <th scope="col" className="w-9 border-b border-line">
              <span className="sr-only">Selected</span>
            </th>
            {COLUMNS.map((name) => (
              <ColumnHead key={name} name={name} url={board.url} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={items[0]?.start ?? 0} />
          {items.map(({ index }) => {
            const item = shown[index];
            if (item === undefined) return null;
            return (
              <TableRow
                key={item.id}
                {...{ item, board, state, nodes, onSelect }}
                rowIndex={index + 2}
                isSelected={selected.has(item.id)}
              />
            );
          })}
          <Spacer height={rows.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </section>
  );
}

function ColumnHead({ name, url: { sort, choose } }: { readonly name: string; readonly url: BoardUrl }) {
  const order = SORTS[name];
  const isSorted = order?.by === sort;
  return (
    <th
      scope="col"
      {...(order && { "aria-sort": isSorted ? order.is : "none" })}
      className="border-b border-line px-2.5 text-start font-[450] whitespace-nowrap"
    >
      {order === undefined ? (
        name
      ) : (
        <button
          type="button"
          onClick={() => choose({ sort: order.by })}
          className={`-mx-1 flex h-7 items-center gap-1 rounded-chip px-1 hover:bg-hover coarse:h-10 ${isSorted ? "font-[600] text-ink" : ""}`}
        >
          {name}
          {isSorted ? <Icon of={order.is === "ascending" ? ArrowUp : ArrowDown} size={12} /> : null}
        </button>
      )}
    </th>
  );
}

type TableRowProps = Omit<BoardTableProps, "selected"> & {
  readonly item: BoardItem;
  readonly rowIndex: number;
  readonly isSelected: boolean;
};

function TableRow({ item: { id, live }, board, state, nodes, onSelect, rowIndex, isSelected }: TableRowProps) {
  const edits = useDrafts().get(id)?.edits.length ?? 0;
  const faults = countFaults(findingsOf(board, id));
  const revision = Math.max(live?.version.tags ?? 0, live?.version.rules ?? 0);
  const enforcing = nodes.filter((node) => node.appliedRevision >= revision).length;
  const { inbound, outbound } = ruleCounts(live?.profile);
  return (
    <tr aria-rowindex={rowIndex} className={`h-[45px] ${isSelected ? "bg-sel" : "hover:bg-hover"}`}>
      <td className="border-t border-line text-center">
        <input
          type="checkbox"
          aria-label={`Select ${id}`}
          checked={isSelected}
          onChange={() => onSelect(id)}
          className="size-4 accent-primary coarse:size-6"
        />
      </td>
      <th scope="row" className={`${CELL} font-[600]`}>
        <span className="flex items-center gap-2">
          <Coat name={id} />
          <PageLink href={profileHref(id)} className="rounded-key hover:underline">
            {id}
          </PageLink>
          {edits > 0 ? (
            <span className="hatch rounded-chip px-1.5 text-caption text-amber-text">draft, {edits}</span>
          ) : null}
        </span>
      </th>
      <td className={`${CELL} mono max-w-56 truncate`}>{heldTags(live?.profile).join(", ")}</td>
      <td className={`${CELL} mono max-w-56 truncate`}>{live ? admittedTags(live.profile).join(", ") : ""}</td>
      <td className={NUMBER}>{inbound}</td>
      <td className={NUMBER}>{outbound}</td>
      <td className={CELL}>
        {faults > 0 ? (
          <span className="flex items-center gap-1 text-amber-text">
            <Icon of={TriangleAlert} size={12} />
            {faults}
          </span>
        ) : null}
      </td>
      <td className={NUMBER}>{endpointsOf(state.snapshot, id).length}</td>
      <td className={CELL}>
        {nodes.length > 0 ? (
          <span className="flex items-center gap-1.5">
            <EnforcedMark enforcing={enforcing} total={nodes.length} size={12} />
            {enforcing}/{nodes.length}
          </span>
        ) : null}
      </td>
      <td className={`${NUMBER} text-ink-2`}>rev {revision}</td>
    </tr>
  );
}

const CELL = "border-t border-line px-2.5 text-start whitespace-nowrap";
const NUMBER = "border-t border-line px-2.5 text-end";

function Spacer({ height }: { readonly height: number }) {
  return height <= 0 ? null : (
    <tr>
      <td colSpan={COLUMNS.length + 1} style={{ height }} />
    </tr>
  );
}

function heldTags(profile: Profile | undefined): readonly string[] {
  return profile?.tags.kind === "valid" ? profile.tags.value : [];
}

function ruleCounts(profile: Profile | undefined): {
  readonly inbound: number | string;
  readonly outbound: number | string;
} {
  if (profile?.rules.kind !== "valid") return { inbound: "–", outbound: "–" };
  return { inbound: profile.rules.value.inbound.length, outbound: profile.rules.value.outbound.length };
}
