import type { ReactNode } from "react";
import { PaletteHost } from "#components/palette/open-palette.tsx";
import { Rail } from "./rail.tsx";
import { TabBar } from "./tab-bar.tsx";

/** Rail beside the page, or tabs below it on a phone. */
export function Shell({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex h-dvh max-md:flex-col">
      <Rail />
      {children}
      <TabBar />
      <PaletteHost />
    </div>
  );
}
