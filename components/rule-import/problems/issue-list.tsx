"use client";

import { CircleX, Trash2, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { FileName } from "../frame/file-name.tsx";
import type { ImportFile } from "../import-state.ts";
import { formatBytes } from "../source/format-bytes.ts";
import { FileContent } from "./file-content.tsx";
import type { ProblemRow } from "./problem-rows.ts";
import type { SourceFix } from "./source-fix.ts";

type IssueListProps = {
  readonly file: ImportFile;
  readonly rows: readonly ProblemRow[];
  /** The problem the cursor was put on last. */
  readonly current: ProblemRow | undefined;
  readonly onJump: (row: ProblemRow) => void;
  readonly onFix: (fix: SourceFix) => void;
  readonly onRemove: () => void;
};

/** More rows than anyone reads; the heading counts all of them. */
const MAX_ROWS = 200;

/** Every problem of the file by line and column; choosing one puts the cursor there. */
export function IssueList({ file, rows, current, onJump, onFix, onRemove }: IssueListProps) {
  const count = countOf(file, rows);
  return (
    <section aria-label="Problems" className="flex min-h-0 flex-col border-line bg-surface max-lg:border-t lg:border-s">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-[18px]">
        <h3 className="text-heading" aria-live="polite">
          {headingFor(file, count)}
        </h3>
        <span className="ms-auto flex items-center gap-1.5 text-small text-ink-3">
          {rows.length > 0 ? (
            <span className="flex items-center gap-1.5 max-md:hidden">
              <KeyCap>F8</KeyCap> next
            </span>
          ) : null}
          {file.parse.kind === "parsing" && file.parse.isFirst ? <Button onClick={onRemove}>Cancel</Button> : null}
          <Button look="plain" size="icon" aria-label={`Remove ${file.name}`} onClick={onRemove}>
            <Icon of={Trash2} size={14} />
          </Button>
        </span>
      </header>
      <div className="thin-scroll min-h-0 grow overflow-y-auto">
        {file.parse.kind === "parsed" && file.parse.parts !== undefined ? (
          <p className="flex items-start gap-2.5 border-b border-line px-[18px] py-4 text-ink-2">
            <VerdictMark mark="allow" />
            <FileContent source={file.parse} />
          </p>
        ) : null}
        <ul>
          {rows.slice(0, MAX_ROWS).map((row, index) => (
            <IssueRow
              // biome-ignore lint/suspicious/noArrayIndexKey: problems have no name; within one parse their order is fixed.
              key={index}
              {...{ file, row, onJump, onFix }}
              isCurrent={row === current}
            />
          ))}
        </ul>
        {rows.length > MAX_ROWS ? (
          <p className="px-[18px] py-3 text-small text-ink-2">
            and {count.errors + count.warnings - MAX_ROWS} more, marked beside their lines.
          </p>
        ) : null}
      </div>
    </section>
  );
}

type Count = { readonly errors: number; readonly warnings: number };

function countOf({ parse }: ImportFile, rows: readonly ProblemRow[]): Count {
  const errors = parse.kind === "parsed" ? parse.issueCount : 0;
  return { errors, warnings: rows.filter(({ severity }) => severity === "warning").length };
}

function headingFor({ parse, text }: ImportFile, { errors, warnings }: Count): string {
  if (parse.kind === "parsing") return `Checking ${formatBytes(text.length)}`;
  if (errors + warnings === 0) return "No problems";
  const parts = [errors === 0 ? "No errors" : countWords(errors, "error")];
  return [...parts, ...(warnings === 0 ? [] : [countWords(warnings, "warning")])].join(", ");
}

function countWords(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

type IssueRowProps = Pick<IssueListProps, "file" | "onJump" | "onFix"> & {
  readonly row: ProblemRow;
  readonly isCurrent: boolean;
};

function IssueRow({ file, row, isCurrent, onJump, onFix }: IssueRowProps) {
  const { severity, title, reason, at, fix } = row;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) item.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    <li
      ref={item}
      className={`flex items-start gap-3 border-b border-line px-[18px] py-3.5 ${isCurrent ? "bg-sel shadow-[inset_3px_0_var(--color-focus)]" : "hover:bg-hover"}`}
    >
      {severity === "error" ? (
        <Icon of={CircleX} size={14} className="mt-0.5 text-deny-text" />
      ) : (
        <Icon of={TriangleAlert} size={14} className="mt-0.5 text-amber-text" />
      )}
      <button type="button" aria-current={isCurrent} onClick={() => onJump(row)} className="min-w-0 grow text-start">
        <span className="sr-only">{severity === "error" ? "Error" : "Warning"} </span>
        <span className="mono block truncate text-small text-ink-2">
          <FileName name={file.name} />
          {at === undefined ? "" : `:${at.line}:${at.column}`}
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
