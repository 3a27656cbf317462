import type { Metadata } from "next";
import { ProfilesPage } from "#components/board/profiles-page.tsx";
import { ImportRoute } from "#components/rule-import/import-route.tsx";

export const metadata: Metadata = { title: "Import JSON" };

/** The import dialog for whoever comes by its address: over the board. */
export default function Page() {
  return (
    <>
      <ProfilesPage />
      <ImportRoute closesTo="the profiles" />
    </>
  );
}
