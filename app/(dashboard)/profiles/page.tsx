import type { Metadata } from "next";
import { ProfilesPage } from "#components/board/profiles-page.tsx";

export const metadata: Metadata = { title: "Profiles" };

/** The board of profiles. */
export default function Page() {
  return <ProfilesPage />;
}
