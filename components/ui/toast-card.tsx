import { Check, CircleX, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";
import type { ToastMessage } from "./toast-message.ts";

const SHOWN_MS = 10_000;

type ToastCardProps = { readonly message: ToastMessage; readonly onClose: () => void };

/** The message itself; looking at it holds it. */
export function ToastCard({ message, onClose }: ToastCardProps) {
  const [isHeld, setHeld] = useState(false);
  const isRefusal = message.tone === "refused";
  useEffect(() => {
    if (isRefusal || isHeld) return undefined;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isRefusal, isHeld, onClose]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: looking at a message holds it; nothing is done by it.
    <div
      data-toast
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className={`flex animate-rise items-center gap-3 rounded-list border bg-raised px-3.5 py-2.5 shadow-2 ${isRefusal ? "border-dashed border-deny" : "border-line-strong"}`}
    >
      <Icon
        of={message.icon ?? (isRefusal ? CircleX : Check)}
        className={isRefusal ? "text-deny-text" : "text-ink-3"}
      />
      <div className="min-w-0 grow">
        <p className="font-[600] break-words">{message.title}</p>
        {message.detail ? <p className="text-small break-words text-ink-2">{message.detail}</p> : null}
      </div>
      {message.action ? (
        <Button
          size="small"
          onClick={() => {
            message.action?.run();
            onClose();
          }}
        >
          {message.action.label}
        </Button>
      ) : null}
      <Button look="plain" size="icon" aria-label="Close message" onClick={onClose}>
        <Icon of={X} size={12} />
      </Button>
    </div>
  );
}
