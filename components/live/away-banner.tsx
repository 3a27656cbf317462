"use client";

import { lazy, Suspense, useEffect } from "react";
import { useLiveStatus } from "./live-status.ts";

const readAway = () => import("./away.tsx");
const Away = lazy(() => readAway().then((module) => ({ default: module.Away })));

/** Few pages begin away from everything; it is read soon after, for the board itself may be what goes away. */
const READ_AFTER_MS = 1_000;

/** Says that what is on screen is the last good state, and how old it is; nothing while the line is good. */
export function AwayBanner() {
  const status = useLiveStatus();
  useEffect(() => {
    const timer = setTimeout(() => void readAway().catch(() => undefined), READ_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (status.kind !== "etcd-away" && status.kind !== "board-away") return null;
  const who = status.kind === "etcd-away" ? "etcd" : "the board";
  return (
    <Suspense fallback={null}>
      <div className="px-[22px] pt-3 max-md:px-4">
        <Away who={who} since={status.since} />
      </div>
    </Suspense>
  );
}
