import { Tabs } from "radix-ui";
import { lazy, Suspense, useState } from "react";
import type { Finding } from "#analysis/findings/finding.ts";
import type { Inspecting } from "#components/editor/use-page-selection.ts";
import type { EditorView } from "#components/profiles/page/editor-view.ts";
import { pickedIn, type RuleSelection } from "#components/rules/selection/rule-selection.ts";
import type { KnownWords } from "#policy/grammar/complete-rule.ts";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import { ManyRules } from "./many-rules.tsx";
import { ParkedInspector } from "./parked-inspector.tsx";
import { RuleInspector } from "./rule-inspector.tsx";

const JsonPanel = lazy(() => import("../json/json-panel.tsx").then((module) => ({ default: module.JsonPanel })));

type InspectorProps = {
  readonly profile: Profile;
  readonly rules: ProfileRules;
  readonly editorView: EditorView;
  readonly onShow: (view: EditorView) => void;
  readonly selection: RuleSelection | undefined;
  /** Another number with every choice a person makes. */
  readonly choice: number;
  readonly inspecting: Inspecting | undefined;
  readonly known: KnownWords;
  readonly findings: readonly Finding[];
  readonly describeTag: (tag: string) => string | undefined;
};

const TAB =
  "-mb-px h-11 border-b-2 border-transparent px-0.5 text-body text-ink-2 hover:text-ink data-[state=active]:border-focus data-[state=active]:font-[600] data-[state=active]:text-ink";

/** What is chosen, to read and to change; and the whole profile as JSON. */
export function Inspector(props: InspectorProps) {
  const { profile, rules, editorView, onShow } = props;
  const tab = editorView === "rules" ? "rule" : "json";
  // What is being written there outlives a look at a rule.
  const [hasJson, setHasJson] = useState(tab === "json");
  if (tab === "json" && !hasJson) setHasJson(true);
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(next) => onShow(next === "json" ? "split" : "rules")}
      data-inspector={tab}
      className={`flex min-h-0 grow flex-col ${widthOf(editorView)}`}
    >
      <Tabs.List aria-label="Inspector" className="flex shrink-0 gap-5 border-b border-line px-4">
        <Tabs.Trigger value="rule" className={TAB}>
          Rule
        </Tabs.Trigger>
        <Tabs.Trigger value="json" className={TAB}>
          JSON
        </Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="rule" className="thin-scroll min-h-0 grow overflow-y-auto p-4 focus-visible:focus-row">
        <Chosen {...props} />
      </Tabs.Content>
      <Tabs.Content
        value="json"
        forceMount
        className="flex min-h-0 grow flex-col focus-visible:focus-row data-[state=inactive]:hidden"
      >
        {hasJson ? (
          <Suspense fallback={<p className="p-4 text-small text-ink-3">Reading the editor.</p>}>
            <JsonPanel profile={profile} rules={rules} />
          </Suspense>
        ) : null}
      </Tabs.Content>
    </Tabs.Root>
  );
}

function widthOf(view: EditorView): string {
  if (view === "json") return "w-full";
  return view === "split" ? "lg:w-[460px]" : "lg:w-[328px]";
}

function Chosen(props: InspectorProps) {
  const { profile, rules, selection, choice, inspecting, known, findings, describeTag } = props;
  if (selection?.kind === "parked") return <ParkedInspector profile={profile} selection={selection} />;
  const direction = selection?.direction ?? "inbound";
  const list = rules[direction];
  const positions = pickedIn(selection, direction, list.length);
  const [position] = positions;
  const rule = position === undefined ? undefined : list[position - 1];
  if (position === undefined || rule === undefined) {
    return (
      <p className="text-small text-ink-3">
        Choose a rule to see it in full. Shift or Ctrl with a click, Shift with arrows, or Space choose several.
      </p>
    );
  }
  if (positions.length > 1) return <ManyRules rules={list} direction={direction} positions={positions} />;
  return (
    <RuleInspector
      key={choice}
      {...{ profile, rule, direction, position, inspecting, known, findings, describeTag }}
      count={list.length}
    />
  );
}
