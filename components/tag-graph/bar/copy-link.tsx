"use client";

import { Check, Link as LinkIcon } from "lucide-react";
import { useState } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { graphSearch, parseGraphRequest } from "../model/graph-request.ts";

/** Copies the address with the revision on screen: the view, the selection, the filter, and of when. */
export function CopyLink() {
  const policy = usePolicy();
  const now = policy.kind === "known" ? policy.state.storeRevision : undefined;
  const [copied, setCopied] = useState<string>();
  const copy = async () => {
    const { origin, pathname, search, href } = window.location;
    const request = parseGraphRequest(new URLSearchParams(search));
    const pinned = now === undefined || request.rev !== undefined ? request : { ...request, rev: now };
    await navigator.clipboard.writeText(`${origin}${pathname}${graphSearch(pinned)}`);
    setCopied(href);
  };
  const isFresh = copied !== undefined && copied === globalThis.location?.href;
  return (
    <button
      type="button"
      onClick={() => void copy()}
      className="flex min-h-6 items-center gap-1.5 rounded-chip px-1 hover:text-ink"
    >
      <Icon of={isFresh ? Check : LinkIcon} size={14} />
      <span aria-live="polite">{isFresh ? "Link copied" : "Copy link"}</span>
    </button>
  );
}
