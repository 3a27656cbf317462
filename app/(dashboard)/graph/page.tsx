import type { Metadata } from "next";
import { GraphPage } from "#components/tag-graph/graph-page.tsx";

export const metadata: Metadata = { title: "Graph" };

/** Who can reach whom, and by which key. */
export default function Page() {
  return <GraphPage />;
}
