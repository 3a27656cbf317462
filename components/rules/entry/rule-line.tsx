import { CircleX } from "lucide-react";
import { type Ref, useId } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Issue } from "#policy/issue.ts";

type RuleLineProps = {
  readonly text: string;
  readonly issues: readonly Issue[];
  readonly onChange: (text: string) => void;
  /** Whole lines that go on from the text. */
  readonly completions?: readonly string[];
  readonly label?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly placeholder?: string;
  /** Says nothing below while nothing is wrong. */
  readonly isBare?: true;
};

/** More would be a list nobody reads. */
const MAX_COMPLETIONS = 30;

/** The one-line entry: rule text, with the first problem shown at its character, and how it may go on. */
export function RuleLine({ text, issues, onChange, completions = [], ...shown }: RuleLineProps) {
  const id = useId();
  const { label = "Rule", inputRef, placeholder = "allow tcp from tag WEB to ports 80,443", isBare } = shown;
  const [issue, ...others] = issues;
  const isShown = issue !== undefined && (text.trim() !== "" || issue.kind === "too-large");
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-small font-[550] text-ink-2">
        {label}
      </label>
      <input
        id={id}
        ref={inputRef}
        value={text}
        list={`${id}-next`}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={isShown ? true : undefined}
        aria-describedby={isShown ? `${id}-error` : isBare ? undefined : `${id}-hint`}
        className="mono h-9 w-full rounded-control border border-control-line bg-raised px-3 text-ink outline-none focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint aria-invalid:border-dashed aria-invalid:border-deny"
      />
      <datalist id={`${id}-next`}>
        {completions.slice(0, MAX_COMPLETIONS).map((line) => (
          <option key={line} value={line} />
        ))}
      </datalist>
      {isShown ? (
        <div aria-live="polite" id={`${id}-error`} className="mt-1.5 text-small">
          <PlaceInText text={text} issue={issue} />
          <p className="mt-1 flex items-start gap-1.5 text-deny-text">
            <Icon of={CircleX} size={12} className="mt-0.5" />
            <span className="min-w-0 break-words">
              {issue.at ? `Character ${issue.at.offset + 1}: ` : ""}
              {describeIssue(issue)}
              {others.length > 0 ? ` (and ${others.length} more)` : ""}
            </span>
          </p>
        </div>
      ) : isBare ? null : (
        <p id={`${id}-hint`} className="mt-1 text-caption text-ink-3">
          Type it as calicoctl takes it, or fill in the fields: they write this line.
        </p>
      )}
    </div>
  );
}

/** The text once more, the place of the problem underlined. */
function PlaceInText({ text, issue }: { readonly text: string; readonly issue: Issue }) {
  if (issue.at === undefined) return null;
  const { offset, length } = issue.at;
  const before = text.slice(0, offset);
  const marked = text.slice(offset, offset + Math.max(length, 1));
  return (
    <p aria-hidden="true" className="mono overflow-hidden px-3 text-[12px] whitespace-pre-wrap text-ink-3">
      {before}
      <span className="text-deny-text underline decoration-deny decoration-wavy underline-offset-2">
        {marked || " "}
      </span>
      {text.slice(offset + Math.max(length, 1))}
    </p>
  );
}
