import type { ReactNode } from "react";
import { PolicyProvider } from "#components/live/policy-provider.tsx";
import { ImportProvider } from "#components/rule-import/import-provider.tsx";
import { Shell } from "#components/shell/shell.tsx";
import { webDeps } from "#web/deps.ts";
import { firstPaintPayload } from "#web/http/first-paint-payload.ts";

/** `modal` is the dialog that has an address of its own, over the page. */
type Slots = { readonly children: ReactNode; readonly modal: ReactNode };

/** The shell of every page, with the policy for the first paint. */
export default async function DashboardLayout({ children, modal }: Slots) {
  const initial = await firstPaintPayload(webDeps().feed);
  return (
    <PolicyProvider initial={initial}>
      <ImportProvider>
        <Shell>{children}</Shell>
        {modal}
      </ImportProvider>
    </PolicyProvider>
  );
}
