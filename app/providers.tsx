"use client";

import { setNonce } from "get-nonce";
import { ThemeProvider } from "next-themes";
import { type ReactNode, useState } from "react";
import { Announcer } from "#components/ui/announcer.tsx";
import { ToastHost } from "#components/ui/toast.tsx";

/** What every page shares: the theme, announcements and toasts. */
export function Providers({ nonce, children }: { readonly nonce: string | undefined; readonly children: ReactNode }) {
  // Radix's scroll lock writes a style element; without the nonce the content security policy refuses it.
  useState(() => (nonce ? setNonce(nonce) : undefined));
  return (
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
  );
}
