import { lazy, Suspense } from "react";
import { RuleList } from "#components/rules/rule-list.tsx";
import type { Profile, ProfileRules } from "#policy/profile.ts";
import { allotRows } from "./allot-rows.ts";
import type { ProfileDesk } from "./use-profile-desk.ts";

const UnreadableRules = lazy(() =>
  import("./unreadable-rules.tsx").then((module) => ({ default: module.UnreadableRules })),
);
const NO_RULES: ProfileRules = { inbound: [], outbound: [] };

type CardBodyProps = { readonly desk: ProfileDesk; readonly profile: Profile; readonly stored: Profile | undefined };

/** Both lists, or why there are none to show. */
export function CardBody({ desk, profile, stored }: CardBodyProps) {
  if (profile.rules.kind !== "valid") {
    return (
      <Suspense fallback={null}>
        <UnreadableRules leaf={profile.rules} desk={desk} />
      </Suspense>
    );
  }
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
