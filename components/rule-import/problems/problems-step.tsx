"use client";

import { WandSparkles } from "lucide-react";
import dynamic from "next/dynamic";
import { useMemo, useRef, useState } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Issue } from "#policy/issue.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { FileTabs } from "../frame/file-tabs.tsx";
import { StepFooter } from "../frame/step-footer.tsx";
import type { StepProps } from "../frame/step-props.ts";
import { TargetPicker } from "../frame/target-picker.tsx";
import { firstOpenStep } from "../import-state.ts";
import { IssueList } from "./issue-list.tsx";
import type { JsonEditorHandle } from "./json-editor.tsx";
import { applyFixes, proposeFix, type SourceFix } from "./propose-fix.ts";

const JsonEditor = dynamic(() => import("./json-editor.tsx").then((module) => module.JsonEditor), { ssr: false });

const NO_ISSUES: readonly Issue[] = [];

/** Step 2: the source at the left, every problem at the right. */
export function ProblemsStep({ state, dispatch }: StepProps) {
  const policy = usePolicy();
  const editor = useRef<JsonEditorHandle>(null);
  const [current, setCurrent] = useState<Issue>();
  const file = state.files.find(({ key }) => key === state.selectedKey) ?? state.files[0];
  const snapshot = policy.kind === "known" ? policy.state.snapshot : undefined;
  const knownTags = useMemo(() => tagsHeld(snapshot), [snapshot]);
  if (file === undefined) return null;
  const { key, text, name } = file;
  const issues = file.parse.kind === "parsed" ? file.parse.issues : NO_ISSUES;
  const fixes = issues.map((issue) => proposeFix(issue, { text, knownTags }));
  const certain = fixes.flatMap((fix) => (fix?.isCertain ? [fix] : []));
  const mend = (chosen: readonly SourceFix[]) => dispatch({ kind: "typed", key, text: applyFixes(text, chosen) });
  return (
    <>
      <FileTabs
        files={state.files}
        openedFor={state.openedFor}
        selectedKey={key}
        onSelect={(selected) => dispatch({ kind: "selected", key: selected })}
      />
      <div className="grid min-h-0 grow grid-rows-[minmax(0,1fr)] max-lg:grid-rows-[minmax(0,1fr)_minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_452px]">
        <JsonEditor
          key={key}
          text={text}
          label={`Source of ${name}`}
          issues={issues}
          handle={editor}
          onChange={(typed) => dispatch({ kind: "typed", key, text: typed })}
        />
        <IssueList
          file={file}
          {...{ issues, fixes }}
          current={current}
          onJump={(issue) => {
            setCurrent(issue);
            editor.current?.jumpTo(issue);
          }}
          onFix={(fix) => mend([fix])}
          onRemove={() => dispatch({ kind: "removed", key })}
        />
      </div>
      <StepFooter
        said={
          <TargetPicker
            file={file}
            openedFor={state.openedFor}
            profileIds={[...(snapshot?.profiles.keys() ?? [])]}
            onChoose={(target) => dispatch({ kind: "target-chosen", key, target })}
          />
        }
      >
        <Button look="plain" onClick={() => dispatch({ kind: "went", step: "source" })}>
          {state.files.length > 1 ? "Add files" : "Add a file"}
        </Button>
        {certain.length > 0 ? (
          <Button onClick={() => mend(certain)}>
            <Icon of={WandSparkles} size={14} />
            Fix all {certain.length}
          </Button>
        ) : null}
        <Button
          look="primary"
          disabled={firstOpenStep(state) !== "effect"}
          onClick={() => dispatch({ kind: "went", step: "effect" })}
        >
          See effect
        </Button>
      </StepFooter>
    </>
  );
}

function tagsHeld(snapshot: Snapshot | undefined): ReadonlySet<string> {
  const profiles = [...(snapshot?.profiles.values() ?? [])];
  return new Set(profiles.flatMap(({ tags }) => (tags.kind === "valid" ? tags.value : [])));
}
