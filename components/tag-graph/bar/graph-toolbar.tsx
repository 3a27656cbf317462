"use client";

import { Columns3, Diff, Grid3x3, type LucideIcon, Search, Table2, Waypoints, X } from "lucide-react";
import { useId } from "react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { useTypedText } from "#components/url/use-typed-text.ts";
import { describeQueryIssue, type QueryIssue } from "../model/graph-query.ts";
import type { GraphRequest } from "../model/graph-request.ts";
import type { GraphDial } from "../use-graph-dial.ts";

type GraphToolbarProps = { readonly dial: GraphDial; readonly issues: readonly QueryIssue[] };

const VIEW_NAMES: readonly (readonly [GraphRequest["view"], string, LucideIcon])[] = [
  ["columns", "Columns", Columns3],
  ["matrix", "Matrix", Grid3x3],
  ["free", "Free", Waypoints],
  ["table", "Table", Table2],
];

/** How to look at it, at which part, and at what of it. */
export function GraphToolbar({ dial: { request, turn }, issues }: GraphToolbarProps) {
  const group = useId();
  return (
    <>
      <fieldset className={CHOICES}>
        <legend className="sr-only">View</legend>
        {VIEW_NAMES.map(([name, label, icon]) => (
          <Choice
            key={name}
            group={`${group}view`}
            name={label}
            isChosen={request.view === name}
            onChoose={() => turn({ view: name })}
          >
            <Icon of={icon} size={14} />
          </Choice>
        ))}
      </fieldset>
      <QueryField query={request.query} onAsk={(query) => turn({ query })} issues={issues} />
      <fieldset className={`${CHOICES} lg:ms-auto`}>
        <legend className="sr-only">Show</legend>
        <Choice
          group={`${group}show`}
          name="Allowed"
          isChosen={request.show === "allowed"}
          onChoose={() => turn({ show: "allowed" })}
        >
          <VerdictMark mark="allow" size={12} />
        </Choice>
        <Choice
          group={`${group}show`}
          name="Blocked"
          isChosen={request.show === "blocked"}
          onChoose={() => turn({ show: "blocked" })}
        >
          <VerdictMark mark="deny" size={12} />
        </Choice>
        <Choice
          group={`${group}show`}
          name="Changed"
          isChosen={request.show === "changed"}
          onChoose={() => turn({ show: "changed" })}
        >
          <Icon of={Diff} size={14} />
        </Choice>
      </fieldset>
    </>
  );
}

const CHOICES = "flex shrink-0 rounded-control border border-line bg-tag-fill p-0.5 max-sm:flex-wrap";

type QueryFieldProps = {
  readonly query: string;
  readonly onAsk: (query: string) => void;
  readonly issues: readonly QueryIssue[];
};

function QueryField({ query, onAsk, issues }: QueryFieldProps) {
  const [text, type] = useTypedText(query, onAsk);
  const id = useId();
  const [issue] = issues;
  return (
    <span className="flex w-full max-w-[300px] min-w-24 flex-col">
      <label className="relative flex items-center">
        <span className="sr-only">Filter, for example from:WEB to:APP tag:APP_* port:443</span>
        <Icon of={Search} size={14} className="pointer-events-none absolute inset-s-2.5 text-ink-3" />
        <input
          type="text"
          data-filter
          value={text}
          onChange={(event) => type(event.target.value)}
          placeholder="from:WEB to:APP port:443"
          spellCheck={false}
          autoComplete="off"
          aria-invalid={issue === undefined ? undefined : true}
          {...(issue === undefined ? {} : { "aria-describedby": id })}
          className="h-[30px] w-full rounded-control border border-control-line bg-raised ps-8 pe-8 text-body text-ink outline-none focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint aria-invalid:border-dashed aria-invalid:border-deny coarse:h-10"
        />
        {text === "" ? null : (
          <button
            type="button"
            aria-label="Clear the filter"
            onClick={() => type("")}
            className="absolute inset-e-1 flex size-6 items-center justify-center rounded-key text-ink-3 hover:bg-hover hover:text-ink"
          >
            <Icon of={X} size={12} />
          </button>
        )}
      </label>
      {issue === undefined ? null : (
        <span id={id} className="sr-only">
          {describeQueryIssue(issue)}
        </span>
      )}
    </span>
  );
}

type ChoiceProps = {
  readonly group: string;
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: React.ReactNode;
};

function Choice({ group, name, isChosen, onChoose, children }: ChoiceProps) {
  return (
    <label
      title={name}
      className="flex h-6 items-center gap-1.5 rounded-chip px-2.5 text-small text-ink-2 has-checked:bg-raised has-checked:font-[550] has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-focus max-xl:px-2 coarse:h-10"
    >
      <input type="radio" name={group} checked={isChosen} onChange={onChoose} className="sr-only" />
      {children}
      <span className="max-lg:max-sm:sr-only">{name}</span>
    </label>
  );
}
