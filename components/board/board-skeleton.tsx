"use client";

import { useEffect, useState } from "react";

const CARDS = ["a", "b", "c", "d", "e", "f", "g", "h"];
const SAY_AFTER_MS = 2_000;

/** Cards at their true height while the policy is read; words join when it takes long. */
export function BoardSkeleton() {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SAY_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="min-h-0 grow overflow-hidden px-[22px] pt-[54px] max-md:px-4" aria-busy="true">
      <p role="status" className={isSlow ? "pb-3 text-small text-ink-2" : "sr-only"}>
        {isSlow ? "Still reading the policy from etcd" : "Reading the policy"}
      </p>
      <div className="grid animate-appear-late grid-cols-[repeat(auto-fill,minmax(268px,1fr))] gap-3">
        {CARDS.map((key) => (
          <div key={key} className="flex h-[304px] flex-col rounded-card border border-line bg-raised">
            <div className="flex flex-col gap-2.5 px-3 py-3">
              <Bar width="w-24" />
              <Bar width="w-36" />
            </div>
            {["in", "out"].map((list) => (
              <div key={list} className="flex grow flex-col gap-3 border-t border-line px-3 py-3">
                <Bar width="w-16" />
                <Bar width="w-40" />
                <Bar width="w-44" />
              </div>
            ))}
            <div className="h-[34px] border-t border-line" />
          </div>
        ))}
      </div>
    </div>
  );
}

function Bar({ width }: { readonly width: string }) {
  return <span className={`h-3 rounded-chip bg-tag-fill ${width}`} />;
}
