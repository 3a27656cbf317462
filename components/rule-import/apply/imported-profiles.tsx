import { Coat } from "#components/marks/coat.tsx";
import type { PartEffect } from "../effect/import-effect.ts";
import { FileName } from "../frame/file-name.tsx";
import type { ImportFile } from "../import-state.ts";

type ImportedProfilesProps = { readonly parts: readonly PartEffect[]; readonly files: readonly ImportFile[] };

/** One row per profile that is written, and what of it changes. */
export function ImportedProfiles({ parts, files }: ImportedProfilesProps) {
  return (
    <ul className="shrink-0 overflow-hidden rounded-list border border-line bg-raised">
      {parts.map((effect) => (
        <li
          key={`${effect.key} ${effect.part}`}
          className="flex flex-wrap items-center gap-2.5 border-b border-line px-3.5 py-2.5 last:border-b-0"
        >
          <Coat name={effect.profileId} />
          <b className="font-[600]">{effect.profileId}</b>
          <span className="text-ink-2">{changeWords(effect)}</span>
          <span className="ms-auto max-w-48 truncate text-small text-ink-3">
            <FileName name={files.find(({ key }) => key === effect.key)?.name ?? ""} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function changeWords({ isNew, isChanged, inbound, outbound, tags }: PartEffect): string {
  if (!isChanged) return "stays as it is";
  const parts = [
    ...(isNew ? ["is created"] : []),
    `${inbound.acceptedCount} inbound and ${outbound.acceptedCount} outbound changes`,
    ...(tags.gained.length + tags.lost.length > 0 ? ["tags change"] : []),
  ];
  return parts.join(", ");
}
