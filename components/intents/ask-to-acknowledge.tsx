import { ShieldX } from "lucide-react";
import { createRoot } from "react-dom/client";
import type { NewlyBroken } from "#analysis/intents/broken-intents.ts";
import { describeIntent, describeIntentState } from "#analysis/intents/describe-intent.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** Asks whether a write shall break these intents; true when the person says so. */
export function askToAcknowledge(intents: readonly NewlyBroken[]): Promise<boolean> {
  // The write that asks may belong to any part of the page, so the dialog stands in a root of its own.
  const place = document.body.appendChild(document.createElement("div"));
  const root = createRoot(place);
  return new Promise((resolve) => {
    const close = (isSure: boolean) => {
      root.unmount();
      place.remove();
      resolve(isSure);
    };
    root.render(<AcknowledgeDialog intents={intents} onAnswer={close} />);
  });
}

type AcknowledgeDialogProps = {
  readonly intents: readonly NewlyBroken[];
  readonly onAnswer: (isSure: boolean) => void;
};

function AcknowledgeDialog({ intents, onAnswer }: AcknowledgeDialogProps) {
  const count = intents.length === 1 ? "1 intent" : `${intents.length} intents`;
  return (
    <Dialog
      open
      onOpenChange={() => onAnswer(false)}
      title={`Not saved: this breaks ${intents.length === 1 ? "an intent" : count}`}
      description="Nothing has been written. You can go back, or save it all the same: the intents then show as broken."
      footer={
        <>
          <Button autoFocus onClick={() => onAnswer(false)}>
            Go back
          </Button>
          <Button look="primary" onClick={() => onAnswer(true)}>
            {`Save · breaks ${count}`}
          </Button>
        </>
      }
    >
      <ul className="flex flex-col gap-2 py-2">
        {intents.map(({ id, intent, state }) => (
          <li
            key={id}
            className="flex items-start gap-2.5 rounded-list border border-dashed border-deny bg-deny-tint px-3 py-2"
          >
            <Icon of={ShieldX} className="mt-0.5 text-deny-text" />
            <span className="min-w-0 break-words">
              <b className="font-[600]">{describeIntent(intent)}.</b>
              <span className="block text-small text-ink-2">{describeIntentState(state)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
