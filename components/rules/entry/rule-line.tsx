import { CircleX } from "lucide-react";
import { useId } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Issue } from "#policy/issue.ts";

type RuleLineProps = {
  readonly text: string;
  readonly issues: readonly Issue[];
  readonly onChange: (text: string) => void;
};

/** The one-line entry: rule text, with the first problem shown at its character. */
export function RuleLine({ text, issues, onChange }: RuleLineProps) {
  const id = useId();
  const [issue, ...others] = issues;
  const isShown = text.trim() !== "" && issue !== undefined;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-small font-[550] text-ink-2">
        Rule
      </label>
      <input
        id={id}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        placeholder="allow tcp from tag WEB to ports 80,443"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={isShown ? true : undefined}
        aria-describedby={isShown ? `${id}-error` : `${id}-hint`}
        className="mono h-9 w-full rounded-control border border-control-line bg-raised px-3 text-ink outline-none focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint aria-invalid:border-dashed aria-invalid:border-deny"
      />
      {isShown ? (
        <div id={`${id}-error`} className="mt-1.5 text-small">
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
      ) : (
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
