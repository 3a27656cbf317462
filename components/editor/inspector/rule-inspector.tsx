import { useEffect, useId, useRef } from "react";
import type { Finding } from "#analysis/findings/finding.ts";
import type { Inspecting } from "#components/editor/use-page-selection.ts";
import { RuleForm } from "#components/rules/entry/rule-form.tsx";
import { RuleLine } from "#components/rules/entry/rule-line.tsx";
import { type ParsedRule, useRuleEntry } from "#components/rules/entry/use-rule-entry.ts";
import { useRuleListActions } from "#components/rules/rule-list-context.ts";
import { parkRule } from "#components/rules/rule-moves.ts";
import { ActionMark } from "#components/rules/rule-parts.tsx";
import { Button } from "#components/ui/button.tsx";
import { canonicalRule, equalRules } from "#policy/canonical-rule.ts";
import { completeRule, type KnownWords } from "#policy/grammar/complete-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { Direction, PortRange, Position, Rule } from "#policy/rule.ts";
import { commentsOf } from "#policy/sidecar/sidecar.ts";
import { CommentField } from "./comment-field.tsx";
import { CopySentence } from "./copy-sentence.tsx";
import { FindingNotes } from "./finding-notes.tsx";

type RuleInspectorProps = {
  readonly profile: Profile;
  readonly rule: Rule;
  readonly direction: Direction;
  readonly position: Position;
  readonly count: number;
  readonly inspecting: Inspecting | undefined;
  readonly known: KnownWords;
  readonly findings: readonly Finding[];
  readonly describeTag: (tag: string) => string | undefined;
};

/** One rule: its sentence, a field for everything it can say, its comment, and what is worth a look about it. */
export function RuleInspector(props: RuleInspectorProps) {
  const { profile, rule, direction, position, count, inspecting, known, findings, describeTag } = props;
  const actions = useRuleListActions();
  const entry = useRuleEntry(rule);
  const line = useRef<HTMLInputElement>(null);
  const tagListId = useId();
  useFollowRule(rule, entry);
  useEffect(() => {
    if (inspecting?.by === "keyboard") line.current?.focus();
  }, [inspecting]);
  /** What can be read goes into the draft at once; what cannot stays here with its reason. */
  const put = (written: ParsedRule) => {
    if (!written.ok || equalRules(written.value, rule)) return;
    actions.change([{ kind: "replace-rule", direction, at: position, rule: written.value }], {
      title: `${nameOf(direction)} ${position} changed`,
      series: `rule ${direction} ${position}`,
      isQuiet: true,
    });
  };
  const sidecar = profile.sidecar?.kind === "valid" ? profile.sidecar.value[direction] : undefined;
  const rules = profile.rules.kind === "valid" ? profile.rules.value[direction] : [];
  const comment = sidecar === undefined ? undefined : commentsOf(rules, sidecar)[position - 1];
  return (
    <section aria-label={`${nameOf(direction)} ${position}`} className="flex flex-col gap-4">
      <header className="flex items-center gap-2.5">
        <ActionMark action={canonicalRule(rule).action} />
        <h2 className="text-heading">
          {nameOf(direction)} {position}
        </h2>
        <span className="text-small text-ink-3">of {count}</span>
        <Button
          look="plain"
          size="small"
          className="ms-auto"
          onClick={() => parkRule(actions, { rule, direction, position, count })}
        >
          Park
        </Button>
      </header>
      <div className="flex items-end gap-1">
        <div className="min-w-0 grow">
          <RuleLine
            isBare
            inputRef={line}
            text={entry.text}
            issues={entry.parsed.ok ? [] : entry.parsed.error}
            completions={completeRule(entry.text, known)}
            onChange={(text) => put(entry.setText(text))}
          />
        </div>
        <CopySentence text={entry.text} />
      </div>
      <RuleForm
        room="panel"
        fields={entry.fields}
        tagListId={tagListId}
        describeTag={describeTag}
        portsHint={slotsHint(canonicalRule(rule).dst.ports)}
        onChange={(fields) => put(entry.setFields(fields))}
      />
      <datalist id={tagListId}>
        {known.tags.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <CommentField
        comment={comment ?? ""}
        isInvalid={profile.sidecar?.kind === "invalid"}
        onChange={(text) =>
          actions.change([{ kind: "comment-rule", direction, at: position, text }], {
            title: `${nameOf(direction)} ${position}: comment ${text === "" ? "removed" : "kept"}`,
            series: `comment ${direction} ${position}`,
          })
        }
        onReplace={() =>
          actions.change(
            [
              {
                kind: "replace-sidecar",
                sidecar: { inbound: { comments: [], parked: [] }, outbound: { comments: [], parked: [] } },
              },
            ],
            { title: "Comments and parked rules begin anew" },
          )
        }
      />
      <FindingNotes profileId={profile.id} findings={findings} at={{ direction, position }} />
    </section>
  );
}

/** When the rule becomes another by an undo or somebody else, what is written begins with that. */
function useFollowRule(rule: Rule, { parsed, reset }: ReturnType<typeof useRuleEntry>): void {
  const shown = useRef(rule);
  useEffect(() => {
    const before = shown.current;
    shown.current = rule;
    // A merge makes it anew although it says the same: what is being written stays.
    if (equalRules(before, rule)) return;
    if (!parsed.ok || !equalRules(parsed.value, rule)) reset(rule);
  });
}

/** iptables' multiport match takes 15 entries and a range counts as two; more make several kernel rules. */
const MAX_SLOTS = 15;

function slotsHint(ports: readonly PortRange[] | undefined): string | undefined {
  if (ports === undefined) return undefined;
  const slots = ports.reduce((sum, [lo, hi]) => sum + (lo === hi ? 1 : 2), 0);
  return slots <= MAX_SLOTS
    ? `${slots} of ${MAX_SLOTS} in one kernel rule`
    : `${slots} entries: more than ${MAX_SLOTS}, so several kernel rules`;
}

function nameOf(direction: Direction): string {
  return direction === "inbound" ? "Inbound" : "Outbound";
}
