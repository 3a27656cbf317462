"use client";

import { CircleX, Trash2 } from "lucide-react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Issue } from "#policy/issue.ts";
import type { ImportFile } from "../import-state.ts";
import { formatBytes } from "../source/format-bytes.ts";
import type { SourceFix } from "./propose-fix.ts";

type IssueListProps = {
  readonly file: ImportFile;
  readonly issues: readonly Issue[];
  /** One place per issue; empty where nothing is certain. */
  readonly fixes: readonly (SourceFix | undefined)[];
  /** The problem the cursor was put on last. */
  readonly current: Issue | undefined;
  readonly onJump: (issue: Issue) => void;
  readonly onFix: (fix: SourceFix) => void;
  readonly onRemove: () => void;
};

/** More rows than anyone reads; the heading counts all of them. */
const MAX_ROWS = 200;

/** Every problem of the file by line and column; choosing one puts the cursor there. */
export function IssueList({ file, issues, fixes, current, onJump, onFix, onRemove }: IssueListProps) {
  return (
    <section aria-label="Problems" className="flex min-h-0 flex-col border-line bg-surface max-lg:border-t lg:border-s">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-[18px]">
        <h3 className="text-heading" aria-live="polite">
          {headingFor(file, issues.length)}
        </h3>
        <span className="ms-auto flex items-center gap-1.5 text-small text-ink-3">
          {issues.length > 0 ? (
            <span className="flex items-center gap-1.5 max-md:hidden">
              <KeyCap>F8</KeyCap> next
            </span>
          ) : null}
          <Button look="plain" size="icon" aria-label={`Remove ${file.name}`} onClick={onRemove}>
            <Icon of={Trash2} size={14} />
          </Button>
        </span>
      </header>
      <div className="thin-scroll min-h-0 grow overflow-y-auto">
        {file.parse.kind === "parsed" && issues.length === 0 ? <NoProblem file={file} /> : null}
        <ul>
          {issues.slice(0, MAX_ROWS).map((issue, index) => (
            <IssueRow
              // biome-ignore lint/suspicious/noArrayIndexKey: problems have no name; within one parse their order is fixed.
              key={index}
              {...{ file, issue, onJump, onFix }}
              fix={fixes[index]}
              isCurrent={issue === current}
            />
          ))}
        </ul>
        {issues.length > MAX_ROWS ? (
          <p className="px-[18px] py-3 text-small text-ink-2">
            and {issues.length - MAX_ROWS} more. Each has its mark beside its line.
          </p>
        ) : null}
      </div>
    </section>
  );
}

function headingFor({ parse, text }: ImportFile, count: number): string {
  if (parse.kind === "parsing") return `Checking ${formatBytes(text.length)}`;
  if (count === 0) return "No problems";
  return count === 1 ? "1 problem" : `${count} problems`;
}

function NoProblem({ file: { parse } }: { readonly file: ImportFile }) {
  if (parse.kind !== "parsed" || parse.rules === undefined) return null;
  const { inbound, outbound } = parse.rules;
  return (
    <p className="flex items-start gap-2.5 px-[18px] py-4 text-ink-2">
      <VerdictMark mark="allow" />
      <span>
        Every rule can be read: {inbound.length} inbound, {outbound.length} outbound.
      </span>
    </p>
  );
}

type IssueRowProps = Pick<IssueListProps, "file" | "onJump" | "onFix"> & {
  readonly issue: Issue;
  readonly fix: SourceFix | undefined;
  readonly isCurrent: boolean;
};

function IssueRow({ file, issue, fix, isCurrent, onJump, onFix }: IssueRowProps) {
  const [title, reason] = inTwo(describeIssue(issue));
  return (
    <li
      className={`flex items-start gap-3 border-b border-line px-[18px] py-3.5 ${isCurrent ? "bg-sel shadow-[inset_3px_0_var(--color-focus)]" : "hover:bg-hover"}`}
    >
      <Icon of={CircleX} size={14} className="mt-0.5 text-deny-text" />
      <button type="button" aria-current={isCurrent} onClick={() => onJump(issue)} className="min-w-0 grow text-start">
        <span className="mono block text-small text-ink-2">
          {file.name}
          {issue.at === undefined ? "" : `:${issue.at.line}:${issue.at.column}`}
        </span>
        <span className="block font-[600] break-words text-ink">{title}</span>
        <span className="block text-small break-words text-ink-2">{reason}</span>
      </button>
      {fix === undefined ? null : (
        <Button size="small" onClick={() => onFix(fix)}>
          {fix.label}
        </Button>
      )}
    </li>
  );
}

/** The fact, and what is said about it. */
function inTwo(sentence: string): readonly [string, string] {
  const end = sentence.search(/[.:] /);
  return end < 0 ? [sentence, ""] : [sentence.slice(0, end), sentence.slice(end + 2)];
}
