import { removeParked, restoreParked } from "#components/rules/parked-row.tsx";
import { useRuleListActions } from "#components/rules/rule-list-context.ts";
import { Button } from "#components/ui/button.tsx";
import { equalRules } from "#policy/canonical-rule.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Profile } from "#policy/profile.ts";
import type { Direction, Rule } from "#policy/rule.ts";
import { parkedPlaces } from "#policy/sidecar/sidecar.ts";
import { CommentField } from "./comment-field.tsx";
import { CopySentence } from "./copy-sentence.tsx";

type ParkedInspectorProps = {
  readonly profile: Profile;
  readonly selection: { readonly direction: Direction; readonly rule: Rule };
};

/** A rule that is parked: what it says, why, and back where it stood. */
export function ParkedInspector({ profile, selection: { direction, rule } }: ParkedInspectorProps) {
  const actions = useRuleListActions();
  const list = profile.sidecar?.kind === "valid" ? profile.sidecar.value[direction] : undefined;
  const rules = profile.rules.kind === "valid" ? profile.rules.value[direction] : [];
  const index = list?.parked.findIndex((one) => equalRules(one.rule, rule)) ?? -1;
  const parked = list?.parked[index];
  if (list === undefined || parked === undefined) {
    return <p className="text-small text-ink-3">It is no longer parked.</p>;
  }
  const position = (parkedPlaces(rules, list)[index] ?? 0) + 1;
  const placed = { parked, direction, position };
  return (
    <section aria-label="Parked rule" className="flex flex-col gap-4">
      <header>
        <h2 className="text-heading">Parked, {direction}</h2>
        <p className="text-small text-ink-2">Not in force. Nodes do not know it. Restored, it stands at {position}.</p>
      </header>
      <div className="flex items-center gap-1">
        <code className="mono min-w-0 grow rounded-control border border-line px-2.5 py-1.5 text-small break-words">
          {formatRule(parked.rule)}
        </code>
        <CopySentence text={formatRule(parked.rule)} />
      </div>
      <span className="flex gap-2">
        <Button look="primary" onClick={() => restoreParked(actions, placed)}>
          Restore at {position}
        </Button>
        <Button onClick={() => removeParked(actions, placed)}>Remove</Button>
      </span>
      <CommentField
        key={parked.comment ?? ""}
        comment={parked.comment ?? ""}
        isInvalid={false}
        onChange={(text) =>
          actions.change([{ kind: "comment-parked", direction, rule: parked.rule, text }], {
            title: `Parked ${direction} rule: comment ${text === "" ? "removed" : "kept"}`,
          })
        }
        onReplace={() => undefined}
      />
    </section>
  );
}
