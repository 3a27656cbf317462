import type { ReactNode } from "react";
import { PolicyProvider } from "#components/live/policy-provider.tsx";
import { ImportProvider } from "#components/rule-import/import-provider.tsx";
import { Shell } from "#components/shell/shell.tsx";
import { webDeps } from "#web/deps.ts";
import { firstPaintPayload } from "#web/http/first-paint-payload.ts";

/** The shell of every page, with the policy for the first paint. */
export default async function DashboardLayout({ children }: { readonly children: ReactNode }) {
  const initial = await firstPaintPayload(webDeps().feed);
  return (
    <PolicyProvider initial={initial}>
      <ImportProvider>
        <Shell>{children}</Shell>
      </ImportProvider>
    </PolicyProvider>
  );
}
