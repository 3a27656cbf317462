"use client";

import { Button } from "#components/ui/button.tsx";

type ErrorPageProps = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** A bug reached the page: says what is known; drafts are kept in the browser. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-2 p-6 text-center">
      <h1 className="text-display">This page stopped</h1>
      <p className="max-w-xl text-body text-ink-2">
        {error.message}
        {error.digest === undefined ? "" : ` (${error.digest})`}
      </p>
      <p className="text-body text-ink-2">Nothing was written. Drafts are safe in this browser.</p>
      <Button look="primary" className="mt-2" onClick={reset}>
        Show it again
      </Button>
    </main>
  );
}
