import { ArrowRight, Focus } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { describeQueryIssue, type QueryIssue } from "../model/graph-query.ts";
import { GROUPINGS, HOPS, ORDERS, WAYS } from "../model/graph-request.ts";
import { keyName, selectionNames } from "../model/selection-names.ts";
import type { ShownView } from "../use-graph-answer.ts";
import type { GraphDial } from "../use-graph-dial.ts";
import { CopyLink } from "./copy-link.tsx";

type FocusLineProps = { readonly shown: ShownView; readonly dial: GraphDial };

/** Says what is in focus, how much of the whole it is, how it is drawn, and how to get out of it. */
export function FocusLine({ shown, dial }: FocusLineProps) {
  const { view } = shown;
  const { request, turn } = dial;
  const names = selectionNames(request.selection);
  const isNarrowed = request.selection.kind !== "nothing" || request.query.trim() !== "";
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 px-[22px] py-1.5 text-small text-ink-2 max-md:px-4">
      <Icon of={Focus} size={14} className="text-ink-3" />
      {names.length === 0 ? (
        <span>{isNarrowed ? "Filtered" : "Everything"}</span>
      ) : (
        names.map((name, index) => <Name key={name} name={name} isLater={index > 0} />)
      )}
      {view.isGone ? (
        <span className="text-amber-text">
          is not there any more at rev {view.revision}. Clear the selection, or look for it in an older revision.
        </span>
      ) : null}
      <QueryNote issues={view.queryIssues} />
      <GroupNote shown={shown} dial={dial} />
      <HiddenNote dial={dial} />
      <span className="ms-auto flex flex-wrap items-center gap-x-3 gap-y-1">
        <span data-pair-count={view.counts.shown}>{countWords(shown, isNarrowed)}</span>
        <DrawnAs shown={shown} dial={dial} />
        <CopyLink />
        {isNarrowed ? (
          <button
            type="button"
            onClick={() => turn({ selection: { kind: "nothing" }, query: "" })}
            className="flex min-h-6 items-center gap-1.5 rounded-chip px-1 hover:text-ink"
          >
            <KeyCap>Esc</KeyCap> clear
          </button>
        ) : null}
      </span>
    </div>
  );
}

function Name({ name, isLater }: { readonly name: string; readonly isLater: boolean }) {
  return (
    <span className="flex items-center gap-2">
      {isLater ? <Icon of={ArrowRight} size={12} className="text-ink-3" /> : null}
      <b className="font-[600] text-ink">{name}</b>
    </span>
  );
}

function QueryNote({ issues }: { readonly issues: readonly QueryIssue[] }) {
  return issues.length === 0 ? null : (
    <span role="alert" data-query-issue={issues[0]?.at} className="w-full text-deny-text">
      {issues.map(describeQueryIssue).join(" ")} Everything is shown.
    </span>
  );
}

function GroupNote({ shown: { view }, dial }: FocusLineProps) {
  if (view.grouping === "none" || view.groupCount === 0) return null;
  const { group } = dial.request;
  const how = view.grouping === "alike" ? "Profiles that are alike share a box" : "Names that begin alike share a box";
  return (
    <span data-grouping={view.grouping} className="text-amber-text">
      {group === "auto" || group === "none" ? `${view.counts.boxes} boxes are more than a picture can hold. ` : ""}
      {how}; choose one to see its members, or filter.
    </span>
  );
}

function HiddenNote({ dial: { request, turn } }: { readonly dial: GraphDial }) {
  if (request.hidden.length === 0) return null;
  return (
    <button type="button" onClick={() => turn({ hidden: [] })} className="min-h-6 underline hover:text-ink">
      {request.hidden.length === 1 ? `${keyName(request.hidden[0] ?? "")} is` : `${request.hidden.length} keys are`}{" "}
      hidden. Show
    </button>
  );
}

function countWords({ view: { counts, isCounted }, request }: ShownView, isNarrowed: boolean): string {
  if (!isCounted) return "Counting pairs";
  const { shown, pairs, inside } = counts;
  if (request.show === "changed") return shown === 1 ? "1 changed relation" : `${shown} changed relations`;
  if (request.show === "blocked")
    return `${counts.areStopsComplete ? "" : "at least "}${shown === 1 ? "1 stopped pair" : `${shown} stopped pairs`}`;
  const all = pairs === 1 ? "1 open pair" : `${pairs} open pairs`;
  return isNarrowed ? `${shown} of ${all}` : `${all}, ${inside} between profiles`;
}

const HOP_NAMES = { 1: "1 hop", 2: "2 hops", all: "all hops" } as const;
const WAY_NAMES = { own: "its way", in: "who reaches it", out: "what it reaches", both: "both ways" } as const;
const GROUP_NAMES = {
  auto: "group if large",
  alike: "group alike",
  prefix: "group by name",
  none: "no groups",
} as const;
const ORDER_NAMES = { near: "by shared tags", name: "by name", group: "by group" } as const;

/** The choices that belong to the view on screen. */
function DrawnAs({ shown: { view }, dial: { request, turn } }: FocusLineProps) {
  const { selection, hidden } = request;
  const isPlace = selection.kind === "sender" || selection.kind === "receiver";
  const hubs = view.hubs.filter((key) => !hidden.includes(key));
  return (
    <>
      {isPlace ? (
        <>
          <Pick
            label="How far"
            value={request.hops}
            choices={HOPS}
            names={HOP_NAMES}
            onPick={(hops) => turn({ hops })}
          />
          <Pick
            label="Which way"
            value={request.way}
            choices={WAYS}
            names={WAY_NAMES}
            onPick={(way) => turn({ way })}
          />
        </>
      ) : null}
      {request.view === "columns" ? (
        <Pick
          label="Grouping"
          value={request.group}
          choices={GROUPINGS}
          names={GROUP_NAMES}
          onPick={(group) => turn({ group })}
        />
      ) : null}
      {request.view === "matrix" ? (
        <Pick
          label="Order"
          value={request.order}
          choices={ORDERS}
          names={ORDER_NAMES}
          onPick={(order) => turn({ order, moved: [] })}
        />
      ) : null}
      {request.view === "columns" && hubs.length > 0 ? (
        <button
          type="button"
          onClick={() => turn({ hidden: [...hidden, ...hubs] })}
          className="min-h-6 rounded-chip px-1 hover:text-ink"
        >
          Hide hubs
        </button>
      ) : null}
    </>
  );
}

type PickProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly T[];
  readonly names: Readonly<Record<T, ReactNode>>;
  readonly onPick: (choice: T) => void;
};

function Pick<T extends string>({ label, value, choices, names, onPick }: PickProps<T>) {
  const id = useId();
  return (
    <span>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          const choice = choices.find((each) => each === event.target.value);
          if (choice !== undefined) onPick(choice);
        }}
        className="min-h-6 rounded-chip border border-line-strong bg-raised px-1 text-ink coarse:min-h-10"
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {names[choice]}
          </option>
        ))}
      </select>
    </span>
  );
}
