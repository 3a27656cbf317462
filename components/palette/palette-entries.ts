import {
  CirclePlus,
  FileJson2,
  KeyRound,
  LayoutGrid,
  type LucideIcon,
  Monitor,
  Moon,
  Network,
  Sun,
} from "lucide-react";
import { knownTagsOf } from "#components/profiles/known-tags.ts";
import { profileHref } from "#components/profiles/profile-href.ts";
import { PLACES } from "#components/shell/places.ts";
import type { Snapshot } from "#policy/snapshot.ts";

/** Something the palette can do. */
export type PaletteEntry = {
  readonly key: string;
  readonly name: string;
  /** What kind of thing it is, at the right. */
  readonly kind: "profile" | "tag" | "endpoint" | "page" | "action";
  readonly icon: LucideIcon;
  readonly does: PaletteDeed;
};

export type PaletteDeed =
  | { readonly kind: "go"; readonly href: string }
  | { readonly kind: "theme"; readonly theme: "light" | "dark" | "system" };

/** More than these are not read, and drawing them would cost the next key. */
const MOST = 12;

const ACTIONS: readonly PaletteEntry[] = [
  action("New profile", CirclePlus, { kind: "go", href: "/profiles?new=1" }),
  action("Import JSON", FileJson2, { kind: "go", href: "/import" }),
  action("Light theme", Sun, { kind: "theme", theme: "light" }),
  action("Dark theme", Moon, { kind: "theme", theme: "dark" }),
  action("Theme as the system", Monitor, { kind: "theme", theme: "system" }),
];

/** What matches the words: names that begin with them first, then those that hold them; pages and actions before names. */
export function paletteEntries(text: string, snapshot: Snapshot | undefined): readonly PaletteEntry[] {
  const wanted = text.trim().toLowerCase();
  const fixed = [...pages(), ...ACTIONS];
  if (wanted === "") return fixed;
  const found = [...fixed, ...(snapshot === undefined ? [] : named(snapshot))].flatMap((entry) => {
    const at = entry.name.toLowerCase().indexOf(wanted);
    return at < 0 ? [] : [{ entry, rank: at === 0 ? 0 : 1 }];
  });
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ entry }) => entry);
}

function pages(): readonly PaletteEntry[] {
  return PLACES.map(({ href, name, icon }) => ({
    key: `page ${href}`,
    name,
    kind: "page",
    icon,
    does: { kind: "go", href },
  }));
}

function named(snapshot: Snapshot): readonly PaletteEntry[] {
  return [
    ...[...snapshot.profiles.keys()].map((id) => entry("profile", id, profileHref(id))),
    ...knownTagsOf(snapshot).map((tag) => entry("tag", tag, `/profiles?q=${encodeURIComponent(tag)}`)),
    ...[...snapshot.endpoints.keys()].map((name) =>
      entry("endpoint", name, `/endpoints?endpoint=${encodeURIComponent(name)}`),
    ),
  ];
}

const ICONS = { profile: LayoutGrid, tag: KeyRound, endpoint: Network } as const;

function entry(kind: keyof typeof ICONS, name: string, href: string): PaletteEntry {
  return { key: `${kind} ${name}`, name, kind, icon: ICONS[kind], does: { kind: "go", href } };
}

function action(name: string, icon: LucideIcon, does: PaletteDeed): PaletteEntry {
  return { key: `action ${name}`, name, kind: "action", icon, does };
}
