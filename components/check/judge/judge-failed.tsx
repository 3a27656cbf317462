import { CircleX } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** The judge broke before it answered: said, with the way to ask again. */
export function JudgeFailed({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-card border border-dashed border-deny bg-deny-tint px-3.5 py-3"
    >
      <Icon of={CircleX} className="text-deny-text" />
      <p className="min-w-0 grow">
        <b className="font-[600]">The judge stopped before it answered.</b>
        <span className="block text-small text-ink-2">Nothing was changed. Asked again, it starts anew.</span>
      </p>
      <Button onClick={onRetry}>Ask again</Button>
    </div>
  );
}
