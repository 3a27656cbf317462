"use client";

import { WandSparkles } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useRef, useState } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { FileTabs } from "../frame/file-tabs.tsx";
import { KeepButton } from "../frame/keep-button.tsx";
import { StepFooter } from "../frame/step-footer.tsx";
import type { StepProps } from "../frame/step-props.ts";
import { TargetPicker } from "../frame/target-picker.tsx";
import { firstOpenStep } from "../planned-parts.ts";
import { heldTagsOf } from "../source/held-tags.ts";
import { IssueList } from "./issue-list.tsx";
import type { JsonEditorHandle } from "./json-editor.tsx";
import { nextRow, type ProblemRow, problemRows } from "./problem-rows.ts";
import { useF8 } from "./use-f8.ts";
import { useMending } from "./use-mending.ts";

const JsonEditor = dynamic(() => import("./json-editor.tsx").then((module) => module.JsonEditor), { ssr: false });

const NO_ROWS: readonly ProblemRow[] = [];

/** Step 2: the source at the left, every problem at the right. F8 goes from one to the next. */
export function ProblemsStep({ state, dispatch, onClose }: StepProps) {
  const policy = usePolicy();
  const editor = useRef<JsonEditorHandle>(null);
  const [current, setCurrent] = useState<ProblemRow>();
  const file = state.files.find(({ key }) => key === state.selected?.key) ?? state.files[0];
  const snapshot = policy.kind === "known" ? policy.state.snapshot : undefined;
  const knownTags = useMemo(() => heldTagsOf(snapshot), [snapshot]);
  const { text = "", parse } = file ?? {};
  const rows = useMemo(
    () => (parse?.kind === "parsed" ? problemRows(parse, { text, knownTags }) : NO_ROWS),
    [parse, text, knownTags],
  );
  const key = file?.key ?? 0;
  const onText = (typed: string) => dispatch({ kind: "typed", key, text: typed });
  const { mend, mendAll } = useMending({ text, knownTags, editor, onText });
  const jump = (row: ProblemRow | undefined) => {
    if (row === undefined) return;
    setCurrent(row);
    editor.current?.jumpTo(row);
  };
  useF8((step) => jump(nextRow(rows, current, step)));
  if (file === undefined) return null;
  const certainCount = rows.filter(({ fix }) => fix?.isCertain).length;
  return (
    <>
      <FileTabs state={state} ofParts={false} onSelect={(place) => dispatch({ kind: "selected", place })} />
      <div className="grid min-h-0 grow grid-rows-[minmax(0,1fr)] max-lg:grid-rows-[minmax(0,1fr)_minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_452px]">
        <JsonEditor
          key={key}
          text={text}
          label={`Source of ${file.name}`}
          rows={rows}
          handle={editor}
          onChange={onText}
        />
        <IssueList
          {...{ file, rows, current }}
          onJump={jump}
          onFix={(fix) => mend([fix])}
          onRemove={() => dispatch({ kind: "removed", key })}
        />
      </div>
      <StepFooter
        said={<TargetPicker {...{ file, state, dispatch }} profileIds={[...(snapshot?.profiles.keys() ?? [])]} />}
      >
        <Button look="plain" onClick={() => dispatch({ kind: "went", step: "source" })}>
          {state.files.length > 1 ? "Add files" : "Add a file"}
        </Button>
        <KeepButton onClose={onClose} />
        {certainCount > 0 ? (
          <Button onClick={() => void mendAll()}>
            <Icon of={WandSparkles} size={14} />
            Fix all {certainCount}
          </Button>
        ) : null}
        <Button
          look="primary"
          data-onward
          disabled={firstOpenStep(state) !== "effect"}
          onClick={() => {
            dispatch({ kind: "saw", versions: new Map() });
            dispatch({ kind: "went", step: "effect" });
          }}
        >
          See effect
        </Button>
      </StepFooter>
    </>
  );
}
