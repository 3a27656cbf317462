import { useState } from "react";
import type { GraphLayout } from "../layout/graph-layout.ts";
import type { GraphPicture } from "../model/graph-picture.ts";

type Arranged = { readonly ids: string; readonly layout: GraphLayout };

/**
 * Leaves the boxes where they are while the same boxes are drawn: when only lines come and go, the eye keeps its place. A
 * reload arranges anew, from the state alone.
 */
export function useStillLayout({ senders, keys, receivers, layout }: GraphPicture): GraphLayout {
  const ids = [...senders, ...keys, ...receivers].map(({ id }) => id).join(" ");
  const [arranged, setArranged] = useState<Arranged>({ ids, layout });
  if (arranged.ids === ids) return arranged.layout;
  setArranged({ ids, layout });
  return layout;
}
