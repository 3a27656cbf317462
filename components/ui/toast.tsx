"use client";

import type { LucideIcon } from "lucide-react";
import { Check, CircleX, X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { createContext, type ReactNode, use, useCallback, useState } from "react";
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

const ToastContext = createContext<(message: ToastMessage) => void>(() => undefined);

/** Says something at the bottom right; a new message takes the place of the old. */
export function useToast(): (message: ToastMessage) => void {
  return use(ToastContext);
}

export function ToastHost({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<{ readonly message: ToastMessage; readonly id: number }>();
  const say = useCallback((message: ToastMessage) => {
    setShown((before) => ({ message, id: (before?.id ?? 0) + 1 }));
  }, []);
  return (
    <ToastContext value={say}>
      <Radix.Provider swipeDirection="right" label="Message">
        {children}
        {shown ? <ToastCard key={shown.id} message={shown.message} onClose={() => setShown(undefined)} /> : null}
        <Radix.Viewport className="fixed inset-e-4 bottom-4 z-50 w-[400px] max-w-[calc(100vw-32px)] outline-none max-md:bottom-20" />
      </Radix.Provider>
    </ToastContext>
  );
}

function ToastCard({ message, onClose }: { readonly message: ToastMessage; readonly onClose: () => void }) {
  const isRefusal = message.tone === "refused";
  return (
    <Radix.Root
      duration={isRefusal ? Number.POSITIVE_INFINITY : 10_000}
      onOpenChange={(open) => open || onClose()}
      className={`flex animate-rise items-center gap-3 rounded-list border bg-raised px-3.5 py-2.5 shadow-2 ${isRefusal ? "border-dashed border-deny" : "border-line-strong"}`}
    >
      <Icon
        of={message.icon ?? (isRefusal ? CircleX : Check)}
        className={isRefusal ? "text-deny-text" : "text-ink-3"}
      />
      <div className="min-w-0 grow">
        <Radix.Title className="font-[600] break-words">{message.title}</Radix.Title>
        {message.detail ? (
          <Radix.Description className="text-small break-words text-ink-2">{message.detail}</Radix.Description>
        ) : null}
      </div>
      {message.action ? (
        <Radix.Action asChild altText={message.action.label}>
          <Button size="small" onClick={message.action.run}>
            {message.action.label}
          </Button>
        </Radix.Action>
      ) : null}
      <Radix.Close asChild>
        <Button look="plain" size="icon" aria-label="Close message">
          <Icon of={X} size={12} />
        </Button>
      </Radix.Close>
    </Radix.Root>
  );
}
