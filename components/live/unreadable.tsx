import { Unplug } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** Nothing has been read yet and nothing answers: said plainly, never an empty board. */
export function Unreadable({ detail, onRetry }: { readonly detail: string; readonly onRetry: () => void }) {
  return (
    <div className="flex grow flex-col items-center justify-center gap-2 p-6 text-center">
      <Icon of={Unplug} size={20} className="text-amber-text" />
      <h2 className="text-verdict">The policy cannot be read</h2>
      <p className="max-w-md text-ink-2">
        {detail}. Nodes keep enforcing what they have. The board goes on by itself as soon as etcd answers.
      </p>
      <Button className="mt-2" onClick={onRetry}>
        Retry now
      </Button>
    </div>
  );
}
