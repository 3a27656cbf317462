import type { Metadata } from "next";
import { ProfilePage } from "#components/profiles/page/profile-page.tsx";
import { profileIdFromPath } from "#components/profiles/profile-href.ts";

type Props = { readonly params: Promise<{ readonly profileId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: profileIdFromPath((await params).profileId) };
}

/** One profile, its whole lists. */
export default async function Page({ params }: Props) {
  return <ProfilePage name={profileIdFromPath((await params).profileId)} />;
}
