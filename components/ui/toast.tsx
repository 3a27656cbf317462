"use client";

import { createContext, lazy, type ReactNode, Suspense, use, useCallback, useEffect, useState } from "react";
import { useAnnounce } from "./announcer.tsx";
import type { ToastMessage } from "./toast-message.ts";

const readCard = () => import("./toast-card.tsx");
const ToastCard = lazy(() => readCard().then((module) => ({ default: module.ToastCard })));

/** No page begins with a message; it is read soon after, for a message may be that the board is away. */
const READ_AFTER_MS = 1_000;
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
  useEffect(() => {
    // Away for the moment: it is read with the first message.
    const timer = setTimeout(() => void readCard().catch(() => undefined), READ_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <ToastContext value={say}>
      {children}
      <section
        aria-label="Messages"
        className="fixed inset-e-4 bottom-11 z-50 in-[body:has([data-impact-bar]):not(:has(aside_[data-inspector=json]))]:bottom-[124px] lg:in-[body:has(aside_[data-inspector=rule])]:inset-e-[352px] in-[body:has(aside_[data-inspector=json])]:bottom-[184px] w-[400px] max-w-[calc(100vw-32px)] max-md:bottom-20 empty:hidden"
      >
        <Suspense fallback={null}>
          {shown ? <ToastCard key={shown.id} message={shown.message} onClose={close} /> : null}
        </Suspense>
      </section>
    </ToastContext>
  );
}
