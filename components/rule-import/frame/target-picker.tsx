"use client";

import { CornerDownRight } from "lucide-react";
import { useId, useState } from "react";
import { Coat } from "#components/marks/coat.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { type ImportFile, idOf, targetOf } from "../import-state.ts";

type TargetPickerProps = {
  readonly file: ImportFile;
  readonly openedFor: ProfileId | undefined;
  readonly profileIds: readonly ProfileId[];
  readonly onChoose: (target: ProfileId) => void;
};

/** Where the rules go. An id in the file that differs from the profile one came from has to be decided by a person. */
export function TargetPicker({ file, openedFor, profileIds, onChoose }: TargetPickerProps) {
  const target = targetOf(file, openedFor);
  const id = idOf(file);
  if (file.parse.kind === "parsing") return null;
  if (target === undefined && id !== undefined && openedFor !== undefined) {
    return (
      <>
        <span className="font-[550] text-ink">
          The file says {id}, you opened {openedFor}. Into which?
        </span>
        <ChoiceButton id={openedFor} onChoose={onChoose} />
        <ChoiceButton id={id} onChoose={onChoose} />
      </>
    );
  }
  const choices = [
    ...new Set([...(id === undefined ? [] : [id]), ...(openedFor === undefined ? [] : [openedFor]), ...profileIds]),
  ];
  return <TargetSelect key={file.key} {...{ target, id, choices, onChoose, profileIds }} />;
}

function ChoiceButton({ id, onChoose }: { readonly id: ProfileId; readonly onChoose: (target: ProfileId) => void }) {
  return (
    <Button onClick={() => onChoose(id)}>
      <Coat name={id} size={15} />
      Into {id}
    </Button>
  );
}

type TargetSelectProps = {
  readonly target: ProfileId | undefined;
  readonly id: ProfileId | undefined;
  readonly choices: readonly ProfileId[];
  readonly profileIds: readonly ProfileId[];
  readonly onChoose: (target: ProfileId) => void;
};

const OTHER = " other";

function TargetSelect({ target, id, choices, profileIds, onChoose }: TargetSelectProps) {
  const selectId = useId();
  const [isNaming, setNaming] = useState(false);
  const isNew = target !== undefined && !profileIds.includes(target);
  return (
    <>
      <Icon of={CornerDownRight} size={14} className="text-ink-3" />
      <label htmlFor={selectId}>Into</label>
      <select
        id={selectId}
        value={isNaming ? OTHER : (target ?? "")}
        onChange={({ target: { value } }) => {
          setNaming(value === OTHER);
          const chosen = choices.find((choice) => choice === value);
          if (chosen !== undefined) onChoose(chosen);
        }}
        className="h-7 max-w-48 rounded-control border border-control-line bg-raised px-1.5 font-[550] text-ink coarse:h-10"
      >
        <option value="" disabled>
          choose a profile
        </option>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
            {choice === id ? ", the id in the file" : ""}
          </option>
        ))}
        <option value={OTHER}>a new profile …</option>
      </select>
      {isNaming ? <NewTarget onChoose={onChoose} onDone={() => setNaming(false)} /> : null}
      {isNew && !isNaming ? (
        <span>
          {target} does not exist. It is created and holds the tag {target}.
        </span>
      ) : null}
    </>
  );
}

function NewTarget({
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
