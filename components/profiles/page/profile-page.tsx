"use client";

import { useLiveStatus } from "#components/live/live-status.ts";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Unreadable } from "#components/live/unreadable.tsx";
import { PageFrame } from "#components/shell/page-frame.tsx";
import { describeIssue } from "#policy/describe-issue.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { NoSuchProfile } from "./no-such-profile.tsx";
import { ProfileWork } from "./profile-work.tsx";

/** One profile with its whole lists. */
export function ProfilePage({ name }: { readonly name: string }) {
  const policy = usePolicy();
  const status = useLiveStatus();
  const id = parseProfileId(name);
  if (!id.ok) return <NoSuchProfile name={name} reason={describeIssue(id.error)} />;
  if (policy.kind === "unreadable") {
    return (
      <PageFrame title={name}>
        <Unreadable detail={policy.detail} onRetry={policy.retry} />
      </PageFrame>
    );
  }
  if (policy.kind === "reading") return <PageFrame title={name}>{null}</PageFrame>;
  const canSave = status.kind === "live" || status.kind === "connecting";
  return <ProfileWork key={id.value} id={id.value} state={policy.state} canSave={canSave} />;
}
