"use client";

import { CircleX, Info, PencilLine, ScanSearch, TriangleAlert } from "lucide-react";
import { findingProfiles, type Severity } from "#analysis/findings/finding.ts";
import type { FindingJson } from "#analysis/question/answer.ts";
import { profileHref } from "#components/profiles/profile-href.ts";
import { ruleHref } from "#components/profiles/rule-href.ts";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { describeEdit } from "#policy/edit/describe-edit.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import { JudgeFailed } from "../judge/judge-failed.tsx";
import { type AskedState, useJudging } from "../judge/use-judged.ts";
import type { CheckView } from "../use-check-view.ts";
import { useStartDrafts } from "../use-start-drafts.ts";
import { witnessHref } from "./witness-href.ts";

type FindingListProps = { readonly state: PolicyState; readonly view: CheckView; readonly asked: AskedState };

const MAX_SHOWN = 200;

/** What the judge found worth a look: filtered by the address, each with its witness and its fix as a draft. */
export function FindingList({ state, view, asked }: FindingListProps) {
  const { judged, hasFailed, retry } = useJudging({ kind: "findings" }, asked);
  const start = useStartDrafts(state);
  if (hasFailed) return <JudgeFailed onRetry={retry} />;
  if (judged === undefined) return <p className="text-ink-2">Looking through the rules …</p>;
  const found = judged.answer;
  const filters = {
    severity: view.params.get("severity"),
    kind: view.params.get("kind"),
    profile: view.params.get("profile"),
  };
  const shown = found.filter((finding) => isWanted(finding, filters));
  return (
    <section aria-label="Findings" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <Filter label="Severity" name="severity" values={valuesOf(found, (each) => [each.severity])} view={view} />
        <Filter label="Kind" name="kind" values={valuesOf(found, (each) => [each.kind])} view={view} />
        <Filter label="Profile" name="profile" values={valuesOf(found, findingProfiles)} view={view} />
        <p className="ms-auto pb-1.5 text-small text-ink-2" role="status">
          {shown.length === found.length ? countWords(found.length) : `${shown.length} of ${countWords(found.length)}`}
        </p>
      </div>
      {found.length === 0 ? <p className="py-8 text-center text-ink-2">{nothingFound(state)}</p> : null}
      {found.length > 0 && shown.length === 0 ? (
        <p className="py-8 text-center text-ink-2">
          No finding is like that.{" "}
          <button
            type="button"
            className="font-[550] text-ink underline"
            onClick={() => view.change({ severity: undefined, kind: undefined, profile: undefined })}
          >
            Clear the filters
          </button>
        </p>
      ) : null}
      {shown.length === 0 ? null : (
        <ul className="overflow-hidden rounded-card border border-line bg-raised shadow-1">
          {shown.slice(0, MAX_SHOWN).map((finding) => (
            <FindingRow
              key={`${finding.kind} ${finding.message}`}
              finding={finding}
              onFix={(fix) => start(fix.edits) && view.setWithDraft(true)}
            />
          ))}
        </ul>
      )}
      {shown.length > MAX_SHOWN ? (
        <p className="text-small text-ink-2">and {shown.length - MAX_SHOWN} more: filter to see them</p>
      ) : null}
    </section>
  );
}

function nothingFound({ snapshot }: PolicyState): string {
  return snapshot.profiles.size === 0
    ? "There are no profiles yet, so there is nothing to find."
    : "Nothing found: every rule is reached and changes something, and every tag is held and asked for.";
}

type Filters = Readonly<Record<"severity" | "kind" | "profile", string | null>>;

function isWanted(finding: FindingJson, { severity, kind, profile }: Filters): boolean {
  if (severity !== null && finding.severity !== severity) return false;
  if (kind !== null && finding.kind !== kind) return false;
  return profile === null || findingProfiles(finding).some((id) => id === profile);
}

function valuesOf(found: readonly FindingJson[], of: (finding: FindingJson) => readonly string[]): readonly string[] {
  return [...new Set(found.flatMap(of))].sort();
}

type FilterProps = {
  readonly label: string;
  readonly name: keyof Filters;
  readonly values: readonly string[];
  readonly view: CheckView;
};

function Filter({ label, name, values, view }: FilterProps) {
  const chosen = view.params.get(name) ?? "";
  const all = chosen === "" || values.includes(chosen) ? values : [chosen, ...values];
  return (
    <SelectField
      label={label}
      value={chosen}
      className="min-w-36"
      onChange={(event) => view.change({ [name]: event.target.value })}
    >
      <option value="">All</option>
      {all.map((value) => (
        <option key={value} value={value}>
          {name === "kind" ? value.replaceAll("-", " ") : value}
        </option>
      ))}
    </SelectField>
  );
}

const MARKS: Readonly<Record<Severity, { readonly icon: typeof CircleX; readonly look: string }>> = {
  error: { icon: CircleX, look: "text-deny-text" },
  warning: { icon: TriangleAlert, look: "text-amber-text" },
  notice: { icon: Info, look: "text-ink-3" },
};

type FindingRowProps = {
  readonly finding: FindingJson;
  readonly onFix: (fix: NonNullable<FindingJson["fix"]>) => void;
};

function FindingRow({ finding, onFix }: FindingRowProps) {
  const { icon, look } = MARKS[finding.severity];
  const witness = "witness" in finding ? witnessHref(finding.witness) : undefined;
  const place = placeOf(finding);
  const { fix } = finding;
  return (
    <li
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line px-3.5 py-2.5 last:border-b-0"
      data-finding={finding.kind}
    >
      <Icon of={icon} size={14} className={look} />
      <span className="sr-only">{finding.severity}: </span>
      <span className="min-w-0 grow basis-72">
        <span className="break-words">{finding.message}</span>
        {fix === undefined ? null : (
          <span className="block text-small break-words text-ink-2">
            {fix.edits.map(({ profile, edit }) => `${profile}: ${describeEdit(edit)}`).join("; ")}
            {fix.isNeutral ? ". Proven to change no decision" : ""}
          </span>
        )}
      </span>
      <span className="flex flex-wrap items-center gap-2">
        {witness === undefined ? null : (
          <PageLink href={witness} className="flex min-h-6 items-center gap-1 text-small underline hover:text-ink">
            <Icon of={ScanSearch} size={12} />
            Ask
          </PageLink>
        )}
        {place === undefined ? null : (
          <PageLink href={place} className="flex min-h-6 items-center text-small underline hover:text-ink">
            Open
          </PageLink>
        )}
        {fix === undefined ? null : (
          <Button size="small" onClick={() => onFix(fix)}>
            <Icon of={PencilLine} size={12} className="text-amber-text" />
            Fix as a draft
          </Button>
        )}
      </span>
    </li>
  );
}

function placeOf(finding: FindingJson): string | undefined {
  if ("position" in finding) return ruleHref(finding.profile, finding.direction, finding.position);
  if (finding.kind === "endpoint-profile-missing") return "/endpoints";
  const [profile] = findingProfiles(finding);
  return profile === undefined ? "/endpoints" : profileHref(profile);
}

function countWords(count: number): string {
  return count === 1 ? "1 finding" : `${count} findings`;
}
