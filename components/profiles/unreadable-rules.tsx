import { TriangleAlert } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Leaf, ProfileRules } from "#policy/profile.ts";
import type { ProfileDesk } from "./use-profile-desk.ts";

type UnreadableRulesProps = {
  readonly leaf: Exclude<Leaf<ProfileRules>, { kind: "valid" }>;
  readonly desk: ProfileDesk;
};

/** What is stored cannot be read: the reasons, and what nodes do meanwhile. Never an empty list. */
export function UnreadableRules({ leaf, desk }: UnreadableRulesProps) {
  return (
    <div className="flex min-h-0 grow flex-col gap-2 border-t border-line px-3 py-2.5 text-small">
      <p className="flex items-center gap-2 font-[600] text-deny-text">
        <Icon of={TriangleAlert} size={14} />
        {leaf.kind === "invalid" ? "The stored rules are invalid" : "No rules are stored"}
      </p>
      <p className="text-ink-2">
        {leaf.kind === "invalid" ? "Nodes treat the profile as missing" : "Nodes treat the profile as not there"}: what
        reaches it is dropped, and later profiles are not asked.
      </p>
      {leaf.kind === "invalid" ? (
        <ul className="thin-scroll min-h-0 list-disc overflow-y-auto ps-4 text-ink-2">
          {leaf.issues.map((issue) => (
            <li key={describeIssue(issue)} className="break-words">
              {describeIssue(issue)}
            </li>
          ))}
        </ul>
      ) : null}
      <span className="mt-auto flex gap-2">
        <Button size="small" onClick={() => desk.open({ kind: "stored-text" })}>
          {leaf.kind === "invalid" ? "Show and replace…" : "Begin with empty rules…"}
        </Button>
      </span>
    </div>
  );
}
