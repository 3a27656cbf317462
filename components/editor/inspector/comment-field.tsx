import { CircleX } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import { MAX_COMMENT_LENGTH, parseComment } from "#policy/sidecar/parse-comment.ts";

type CommentFieldProps = {
  readonly comment: string;
  /** What is stored beside the rules cannot be read, so nothing can be added to it. */
  readonly isInvalid: boolean;
  readonly onChange: (text: string) => void;
  readonly onReplace: () => void;
};

/** What a person has to say about a rule. It goes into the draft when the field is left. */
export function CommentField({ comment, isInvalid, onChange, onReplace }: CommentFieldProps) {
  const id = useId();
  const [text, setText] = useState(comment);
  const [begun, begin] = useState(comment);
  // An undo or someone else changed it: what is being written here stays.
  if (begun !== comment) {
    begin(comment);
    if (text === begun) setText(comment);
  }
  const parsed = parseComment(text);
  const put = () => {
    if (parsed.ok && parsed.value !== comment) onChange(parsed.value);
  };
  if (isInvalid) {
    return (
      <div className="text-small">
        <p className="font-[550]">The comments and parked rules of this profile cannot be read.</p>
        <p className="text-ink-2">The rules are not touched by that.</p>
        <Button size="small" className="mt-2" onClick={onReplace}>
          Begin anew
        </Button>
      </div>
    );
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-small font-[550] text-ink-2">
        Comment <span className="ps-1 font-[400] text-ink-3">kept beside the rule, never sent to nodes</span>
      </label>
      <textarea
        id={id}
        rows={3}
        value={text}
        // One more than is allowed, so that a paste that is too long says so.
        maxLength={MAX_COMMENT_LENGTH * 4}
        aria-invalid={parsed.ok ? undefined : true}
        aria-describedby={parsed.ok ? undefined : `${id}-error`}
        onChange={(event) => setText(event.target.value)}
        onBlur={put}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) put();
        }}
        className="w-full rounded-control border border-control-line bg-raised px-2.5 py-1.5 text-body text-ink outline-none hover:border-ink-3 focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint aria-invalid:border-dashed aria-invalid:border-deny"
      />
      {parsed.ok ? null : (
        <p id={`${id}-error`} className="mt-1 flex items-start gap-1.5 text-small text-deny-text">
          <Icon of={CircleX} size={12} className="mt-0.5" />
          {describeIssue(parsed.error)}
        </p>
      )}
    </div>
  );
}
