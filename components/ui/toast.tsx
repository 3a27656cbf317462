"use client";

import type { LucideIcon } from "lucide-react";
import { Check, CircleX, X } from "lucide-react";
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from "react";
import { useAnnounce } from "./announcer.tsx";
import { Button } from "./button.tsx";
import { Icon } from "./icon.tsx";

/** Fact in bold, detail below, one action. A refusal stays until it is closed. */
export type ToastMessage = {
  readonly title: string;
  readonly detail?: string;
  readonly icon?: LucideIcon;
  readonly tone?: "done" | "refused";
  readonly action?: { readonly label: string; readonly run: () => void };
};

const SHOWN_MS = 10_000;
const ToastContext = createContext<(message: ToastMessage) => void>(() => undefined);

/** Says something at the bottom right, and to assistive technology; a new message takes the place of the old. */
export function useToast(): (message: ToastMessage) => void {
  return use(ToastContext);
}

export function ToastHost({ children }: { readonly children: ReactNode }) {
  const announce = useAnnounce();
  const [shown, setShown] = useState<{ readonly message: ToastMessage; readonly id: number }>();
  const say = useCallback(
    (message: ToastMessage) => {
      setShown((before) => ({ message, id: (before?.id ?? 0) + 1 }));
      announce(message.detail === undefined ? message.title : `${message.title}. ${message.detail}`);
    },
    [announce],
  );
  const close = useCallback(() => setShown(undefined), []);
  return (
    <ToastContext value={say}>
      {children}
      <section
        aria-label="Messages"
        className="fixed inset-e-4 bottom-11 z-50 in-[body:has([data-impact-bar]):not(:has(aside_[data-inspector=json]))]:bottom-[124px] lg:in-[body:has(aside_[data-inspector=rule])]:inset-e-[352px] in-[body:has(aside_[data-inspector=json])]:bottom-[184px] w-[400px] max-w-[calc(100vw-32px)] max-md:bottom-20 empty:hidden"
      >
        {shown ? <ToastCard key={shown.id} message={shown.message} onClose={close} /> : null}
      </section>
    </ToastContext>
  );
}

function ToastCard({ message, onClose }: { readonly message: ToastMessage; readonly onClose: () => void }) {
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
