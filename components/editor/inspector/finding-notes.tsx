import { TriangleAlert } from "lucide-react";
import { describeFinding } from "#analysis/findings/describe-finding.ts";
import type { Finding } from "#analysis/findings/finding.ts";
import { useRuleListActions } from "#components/rules/rule-list-context.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Position } from "#policy/rule.ts";

type FindingNotesProps = {
  readonly profileId: ProfileId;
  readonly findings: readonly Finding[];
  readonly at: { readonly direction: Direction; readonly position: Position };
};

/** What is worth a look about one rule: the cause, the evidence, and the cure as an edit of the draft. */
export function FindingNotes({ profileId, findings, at }: FindingNotesProps) {
  const { change } = useRuleListActions();
  const here = findings.filter(
    (finding) => "position" in finding && finding.direction === at.direction && finding.position === at.position,
  );
  if (here.length === 0) return null;
  return (
    <ul aria-label="Findings" className="flex flex-col gap-2">
      {here.map((finding) => {
        const edits = ownEdits(finding, profileId);
        return (
          <li
            key={finding.kind}
            className="rounded-list border border-amber-line bg-amber-tint px-3 py-2.5 text-small text-ink"
          >
            <p className="flex items-start gap-2">
              <Icon of={TriangleAlert} size={14} className="mt-0.5 text-amber-text" />
              <span className="min-w-0 break-words">{describeFinding(finding)}.</span>
            </p>
            {edits.length > 0 ? (
              <Button
                size="small"
                className="mt-2"
                onClick={() => change(edits, { title: "Repaired in the draft", detail: describeFinding(finding) })}
              >
                {finding.fix?.isNeutral ? "Repair in draft · nothing opens or closes" : "Repair in draft"}
              </Button>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

/** A cure that touches other profiles too is not made from here. */
function ownEdits({ fix }: Finding, profileId: ProfileId): readonly ProfileEdit[] {
  if (fix === undefined) return [];
  const own = fix.edits.flatMap((each): readonly ProfileEdit[] => (each.profile === profileId ? [each.edit] : []));
  return own.length === fix.edits.length ? own : [];
}
