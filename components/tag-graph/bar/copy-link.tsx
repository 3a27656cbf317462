"use client";

import { Check, Link as LinkIcon } from "lucide-react";
import { useState } from "react";
import { Icon } from "#components/ui/icon.tsx";

/** Copies the address, which holds the view, the selection and the filter. */
export function CopyLink() {
  const [copied, setCopied] = useState<string>();
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href);
    setCopied(window.location.href);
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
