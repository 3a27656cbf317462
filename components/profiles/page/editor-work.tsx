import { type RefObject, useMemo, useState } from "react";
import { EntryLine } from "#components/editor/entry/entry-line.tsx";
import { Inspector } from "#components/editor/inspector/inspector.tsx";
import { EffectSummary } from "#components/editor/summary/effect-summary.tsx";
import { useSummary } from "#components/editor/summary/use-summary.ts";
import { useIsWide } from "#components/editor/use-is-wide.ts";
import type { PageSelection } from "#components/editor/use-page-selection.ts";
import { RuleList } from "#components/rules/rule-list.tsx";
import { RulePickingContext, RuleSelectionContext } from "#components/rules/selection/rule-selection.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import type { Direction } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { holdersOf } from "../holders-of.ts";
import { knownPortsOf } from "../known-ports.ts";
import { knownTagsOf } from "../known-tags.ts";
import { UnreadableRules } from "../unreadable-rules.tsx";
import type { ProfileDesk } from "../use-profile-desk.ts";
import type { EditorView } from "./editor-view.ts";

type EditorWorkProps = {
  readonly desk: ProfileDesk;
  readonly page: PageSelection;
  readonly entries: Readonly<Record<Direction, RefObject<HTMLInputElement | null>>>;
  readonly profile: Profile;
  readonly snapshot: Snapshot;
  readonly editorView: EditorView;
  readonly onShow: (view: EditorView) => void;
};

const DIRECTIONS: readonly Direction[] = ["inbound", "outbound"];
const NO_RULES: ProfileRules = { inbound: [], outbound: [] };

/** Both lists side by side with who reaches whom below them, and the inspector: beside them, or as a sheet where it is narrow. */
export function EditorWork(props: EditorWorkProps) {
  const { desk, page, entries, profile, snapshot, editorView, onShow } = props;
  const isWide = useIsWide();
  // Where it is narrow there is room for one of the two.
  const isBeside = isWide || editorView === "rules";
  // What is being written as JSON outlives a look at the lists.
  const [hasJson, setHasJson] = useState(false);
  if (editorView !== "rules" && !hasJson) setHasJson(true);
  const stored = desk.view?.live?.profile;
  const answer = useSummary(snapshot, stored, profile);
  const known = useMemo(() => ({ tags: knownTagsOf(snapshot), ports: knownPortsOf(snapshot) }), [snapshot]);
  if (profile.rules.kind !== "valid") return <UnreadableRules leaf={profile.rules} desk={desk} />;
  const rules = profile.rules.value;
  const before = stored?.rules.kind === "valid" ? stored.rules.value : NO_RULES;
  const inspector = (
    <Inspector
      profile={profile}
      rules={rules}
      editorView={editorView}
      onShow={onShow}
      selection={page.selection}
      choice={page.choice}
      inspecting={page.inspecting}
      known={known}
      findings={answer?.findings ?? []}
      describeTag={(tag) => heldWords(holdersOf(snapshot, tag).length)}
    />
  );
  return (
    <RulePickingContext value={page.picking}>
      <RuleSelectionContext value={page.selection}>
        <div className="flex min-h-0 grow">
          {/* Hidden, not taken away: what is typed below the lists outlives a look at the JSON. */}
          <div
            className={`thin-scroll min-h-0 grow overflow-y-auto bg-sunken ${editorView === "json" || !isBeside ? "hidden" : ""}`}
          >
            <div className="grid grid-cols-2 gap-4 px-[22px] py-4 max-lg:grid-cols-1 max-md:px-4">
              {DIRECTIONS.map((direction) => (
                <div key={direction} className="min-w-0">
                  <RuleList direction={direction} rules={rules[direction]} stored={before[direction]} />
                  <EntryLine
                    direction={direction}
                    count={rules[direction].length}
                    known={known}
                    inputRef={entries[direction]}
                  />
                  {answer === undefined ? null : (
                    <EffectSummary name={profile.id} direction={direction} rows={answer.summary[direction]} />
                  )}
                </div>
              ))}
            </div>
          </div>
          {isWide || hasJson ? (
            <aside
              aria-label="Inspector"
              hidden={!isWide && editorView === "rules"}
              className={`min-h-0 flex-col border-line bg-surface not-[[hidden]]:flex ${editorView === "json" || !isBeside ? "min-w-0 grow" : "shrink-0 border-s"}`}
            >
              {inspector}
            </aside>
          ) : null}
        </div>
        {!isWide && editorView === "rules" && page.inspecting !== undefined ? (
          <Dialog open onOpenChange={page.stopInspecting} title={`Inspector of ${profile.id}`}>
            {inspector}
          </Dialog>
        ) : null}
      </RuleSelectionContext>
    </RulePickingContext>
  );
}

function heldWords(count: number): string {
  if (count === 0) return "held by nobody";
  return count === 1 ? "held by 1 profile" : `held by ${count} profiles`;
}
