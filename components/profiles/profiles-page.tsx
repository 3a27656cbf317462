"use client";

import { usePolicy } from "#components/live/policy-provider.tsx";
import { Counter, PageFrame } from "#components/shell/page-frame.tsx";

/** The board of profiles. */
export function ProfilesPage() {
  const policy = usePolicy();
  return (
    <PageFrame
      title="Profiles"
      counters={
        policy.kind === "known" ? <Counter value={policy.state.snapshot.profiles.size} unit="profiles" /> : null
      }
    >
      {policy.kind === "known" ? <p className="p-6">{[...policy.state.snapshot.profiles.keys()].join(" ")}</p> : null}
    </PageFrame>
  );
}
