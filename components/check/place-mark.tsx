import { Box, Globe, Network, Server } from "lucide-react";
import { placeName } from "#analysis/question/format-place.ts";
import { Coat } from "#components/marks/coat.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** A place of a question by its mark and name. */
export function PlaceMark({ place, isStrong = false }: { readonly place: string; readonly isStrong?: boolean }) {
  const name = placeName(place);
  const isProfile = place.startsWith("profile:");
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      {isProfile ? <Coat name={name} size={15} /> : <Icon of={iconOf(place)} size={14} className="text-ink-3" />}
      <span className={`truncate ${isStrong ? "font-[600]" : ""} ${isProfile || place === "world" ? "" : "mono"}`}>
        {place.startsWith("endpoint:") || place.startsWith("host:") ? place.slice(place.indexOf(":") + 1) : name}
      </span>
    </span>
  );
}

function iconOf(place: string) {
  if (place === "world") return Globe;
  if (place.startsWith("endpoint:")) return Box;
  return place.startsWith("host:") ? Server : Network;
}
