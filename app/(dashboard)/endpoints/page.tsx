import type { Metadata } from "next";
import { EndpointsPage } from "#components/endpoints/endpoints-page.tsx";

export const metadata: Metadata = { title: "Endpoints" };

/** Every endpoint and its ordered profiles. */
export default function Page() {
  return <EndpointsPage />;
}
