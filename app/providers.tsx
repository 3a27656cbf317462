"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { ThemeProvider } from "next-themes";
import { type ReactNode, useState } from "react";
import { Announcer } from "#components/ui/announcer.tsx";
import { ToastHost } from "#components/ui/toast.tsx";

/** What every page shares: the query cache, the theme, tooltips and toasts. */
export function Providers({ nonce, children }: { readonly nonce: string | undefined; readonly children: ReactNode }) {
  const [client] = useState(() => {
    // Radix's scroll lock writes a style element; without the nonce the content security policy refuses it.
    if (nonce) setNonce(nonce);
    return new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: 1 } } });
  });
  return (
    <QueryClientProvider client={client}>
      <ThemeProvider
        attribute="data-theme"
        defaultTheme="system"
        enableColorScheme={false}
        disableTransitionOnChange={false}
        {...(nonce ? { nonce } : {})}
      >
        <Announcer>
          <ToastHost>{children}</ToastHost>
        </Announcer>
      </ThemeProvider>
    </QueryClientProvider>
  );
}
