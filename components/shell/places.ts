import { LayoutGrid, type LucideIcon, Network, ScanSearch, Waypoints } from "lucide-react";

/** The pages of the board. Only pages that exist. */
export type Place = { readonly href: string; readonly name: string; readonly icon: LucideIcon; readonly key: string };

export const PLACES: readonly Place[] = [
  { href: "/profiles", name: "Profiles", icon: LayoutGrid, key: "p" },
  { href: "/graph", name: "Graph", icon: Waypoints, key: "g" },
  { href: "/check", name: "Check", icon: ScanSearch, key: "c" },
  { href: "/endpoints", name: "Endpoints", icon: Network, key: "e" },
];
