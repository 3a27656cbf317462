import { TriangleAlert } from "lucide-react";
import { RuleList } from "#components/rules/rule-list.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import type { Leaf, Profile, ProfileRules } from "#policy/profile.ts";
import { allotRows } from "./allot-rows.ts";
import type { ProfileDesk } from "./use-profile-desk.ts";

const NO_RULES: ProfileRules = { inbound: [], outbound: [] };

type CardBodyProps = { readonly desk: ProfileDesk; readonly profile: Profile; readonly stored: Profile | undefined };

/** Both lists, or why there are none to show. */
export function CardBody({ desk, profile, stored }: CardBodyProps) {
  if (profile.rules.kind !== "valid") return <UnreadableRules leaf={profile.rules} desk={desk} />;
  const { inbound, outbound } = profile.rules.value;
  const before = stored?.rules.kind === "valid" ? stored.rules.value : NO_RULES;
  const rows = allotRows(inbound.length, outbound.length);
  return (
    <div className="min-h-0 grow">
      <RuleList direction="inbound" rules={inbound} stored={before.inbound} visibleRows={rows.inbound} />
      <RuleList direction="outbound" rules={outbound} stored={before.outbound} visibleRows={rows.outbound} />
    </div>
  );
}

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
