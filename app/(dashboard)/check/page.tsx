import type { Metadata } from "next";
import { CheckPage } from "#components/check/check-page.tsx";

export const metadata: Metadata = { title: "Check" };

export default function Page() {
  return <CheckPage />;
}
