import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** Copies the rule as calicoctl takes it. */
export function CopySentence({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState<string>();
  const isCopied = copied === text;
  return (
    <>
      <Button
        look="plain"
        size="iconLarge"
        aria-label="Copy the rule"
        title="Copy"
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(text))}
      >
        <Icon of={isCopied ? Check : Copy} size={14} />
      </Button>
      <span aria-live="polite" className="sr-only">
        {isCopied ? "Copied" : ""}
      </span>
    </>
  );
}
