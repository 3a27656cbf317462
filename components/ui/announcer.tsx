"use client";

import { createContext, type ReactNode, use, useCallback, useState } from "react";

const AnnounceContext = createContext<(sentence: string) => void>(() => undefined);

/** Says one sentence to assistive technology, politely, once. */
export function useAnnounce(): (sentence: string) => void {
  return use(AnnounceContext);
}

/** Holds the live region; it stands in the page from the start, as screen readers want. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState({ sentence: "", count: 0 });
  const announce = useCallback((sentence: string) => {
    setSaid((before) => ({ sentence, count: before.count + 1 }));
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div role="status" aria-live="polite" aria-atomic="true" className="sr-only" data-testid="announcer">
        {/* A new element makes a repeated sentence news again. */}
        <span key={said.count}>{said.sentence}</span>
      </div>
    </AnnounceContext>
  );
}
