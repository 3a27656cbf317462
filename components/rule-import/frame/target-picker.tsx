"use client";

import { CornerDownRight } from "lucide-react";
import { useId, useState } from "react";
import { Coat } from "#components/marks/coat.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ProfileId } from "#policy/profile-id.ts";
import type { ImportFile } from "../import-state.ts";
import { isScopeAsked, type PlannedPart, partsOf, targetsTwice } from "../planned-parts.ts";
import { NewTarget } from "./new-target.tsx";
import type { StepProps } from "./step-props.ts";

type TargetPickerProps = Pick<StepProps, "state" | "dispatch"> & {
  readonly file: ImportFile;
  readonly profileIds: readonly ProfileId[];
};

/** Where the rules go. An id in the file that differs from the profile one came from has to be decided by a person. */
export function TargetPicker({ file, state, dispatch, profileIds }: TargetPickerProps) {
  const { openedFor } = state;
  const parts = partsOf(file, openedFor);
  const twice = [...targetsTwice(state)];
  const open = parts.find(({ choice, target }) => !choice.isLeftOut && target === undefined);
  const [first] = parts;
  if (first === undefined) return <TargetLater file={file} />;
  if (openedFor !== undefined && isScopeAsked(file, openedFor)) {
    return <ScopeQuestion {...{ parts, openedFor }} onScope={(scope) => chooseScope(dispatch, file.key, scope)} />;
  }
  const shown = open ?? (parts.length === 1 ? first : undefined);
  const choose = (target: ProfileId) =>
    shown && dispatch({ kind: "chosen", place: { key: file.key, part: shown.part }, choice: { target } });
  const nth = parts.length > 1 && shown !== undefined ? `Rules object ${shown.part + 1} has no id.` : undefined;
  return (
    <>
      {nth}
      {shown === undefined ? (
        <span>{parts.filter(({ choice }) => !choice.isLeftOut).length} profiles, each by the id in the file.</span>
      ) : (
        <OneTarget {...{ planned: shown, openedFor, profileIds }} onChoose={choose} />
      )}
      {parts.some(({ summary }) => summary.tags !== undefined) ? (
        <TagsChoice
          isTaken={file.takesTags}
          onChange={(takesTags) => dispatch({ kind: "tags-chosen", key: file.key, takesTags })}
        />
      ) : null}
      {twice.length > 0 ? (
        <span className="text-deny-text">
          {twice.join(", ")} would be written twice: leave one out, or choose another profile for it.
        </span>
      ) : null}
    </>
  );
}

/** Where the file says it goes, while its problems keep it from going anywhere. */
function TargetLater({ file: { parse } }: Pick<TargetPickerProps, "file">) {
  if (parse.kind !== "parsed" || parse.id === undefined) return null;
  return (
    <>
      <Icon of={CornerDownRight} size={14} className="text-ink-3" />
      Into <Coat name={parse.id} size={15} />
      <span>
        <b className="font-[600] text-ink">{parse.id}</b>, the id in the file.
      </span>
    </>
  );
}

function chooseScope(dispatch: StepProps["dispatch"], key: number, scope: "opened" | "all"): void {
  dispatch({ kind: "scope-chosen", key, scope });
}

type ScopeQuestionProps = {
  readonly parts: readonly PlannedPart[];
  readonly openedFor: ProfileId;
  readonly onScope: (scope: "opened" | "all") => void;
};

function ScopeQuestion({ parts, openedFor, onScope }: ScopeQuestionProps) {
  const isInside = parts.some(({ summary }) => summary.id === openedFor);
  return (
    <>
      <span className="font-[550] text-ink">
        The file holds {parts.length} profiles, you opened {openedFor}. Which are meant?
      </span>
      {isInside ? <Button onClick={() => onScope("opened")}>Only {openedFor}</Button> : null}
      <Button onClick={() => onScope("all")}>All {parts.length}</Button>
    </>
  );
}

function TagsChoice({ isTaken, onChange }: { readonly isTaken: boolean; readonly onChange: (taken: boolean) => void }) {
  return (
    <label className="flex items-center gap-1.5">
      <input
        type="checkbox"
        checked={isTaken}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-primary"
      />
      Take the tags of the file too
    </label>
  );
}

type OneTargetProps = {
  readonly planned: PlannedPart;
  readonly openedFor: ProfileId | undefined;
  readonly profileIds: readonly ProfileId[];
  readonly onChoose: (target: ProfileId) => void;
};

function OneTarget({ planned: { file, part, target, summary }, openedFor, profileIds, onChoose }: OneTargetProps) {
  const { id } = summary;
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
  return <TargetSelect key={`${file.key} ${part}`} {...{ target, id, choices, onChoose, profileIds }} />;
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
