"use client";

import { useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";

/** The name of a profile that does not exist yet. */
export function NewTarget({
  onChoose,
  onDone,
}: {
  readonly onChoose: (target: ProfileId) => void;
  readonly onDone: () => void;
}) {
  const fieldId = useId();
  const [text, setText] = useState("");
  const parsed = parseProfileId(text);
  const take = () => {
    if (!parsed.ok) return;
    onChoose(parsed.value);
    onDone();
  };
  return (
    <>
      <label htmlFor={fieldId} className="sr-only">
        Name of the new profile
      </label>
      <input
        id={fieldId}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && take()}
        aria-invalid={text !== "" && !parsed.ok}
        aria-describedby={`${fieldId}-error`}
        placeholder="Name"
        className="mono h-7 w-32 rounded-control border border-control-line bg-raised px-2 coarse:h-10"
      />
      <Button size="small" disabled={!parsed.ok} onClick={take}>
        Use
      </Button>
      <span id={`${fieldId}-error`} className="text-deny-text">
        {text === "" || parsed.ok ? "" : describeIssue(parsed.error)}
      </span>
    </>
  );
}
