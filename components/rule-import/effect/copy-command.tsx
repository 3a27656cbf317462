"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** The same change as a command, ready to copy. */
export function CopyCommand({ command }: { readonly command: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => navigator.clipboard?.writeText(command).then(() => setCopied(true));
  return (
    <p className="mt-auto flex min-w-0 items-center gap-2 border-t border-line pt-3 text-small text-ink-2">
      <span className="shrink-0 max-sm:hidden">Same change as a command</span>
      <code className="mono min-w-0 truncate text-ink">{command}</code>
      <Button look="plain" size="icon" aria-label="Copy the command" onClick={() => void copy()}>
        <Icon of={isCopied ? Check : Copy} size={14} />
      </Button>
      <span aria-live="polite" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </p>
  );
}
