import { choiceOf, type ImportFile } from "../import-state.ts";
import type { PartEffect } from "./import-effect.ts";

/** The command that makes the same change; nothing where no single command does. */
export function equivalentCommand(effect: PartEffect, file: ImportFile): string | undefined {
  if (effect.isUnreadable || file.parse.kind !== "parsed" || file.parse.shape === "list") return undefined;
  const { modes } = choiceOf(file, effect.part);
  const isWhole = modes.inbound === "replace" && modes.outbound === "replace";
  const isDeclined = effect.inbound.declined.length + effect.outbound.declined.length > 0;
  if (!isWhole || isDeclined) return undefined;
  if (file.parse.shape === "state") {
    return file.takesTags && file.parse.parts?.length === 1 ? `calicoctl import ${shellQuoted(file.name)}` : undefined;
  }
  const update = `calicoctl profile ${effect.profileId} rule update < ${shellQuoted(file.name)}`;
  const { id } = file.parse.parts?.[0] ?? {};
  if (id !== undefined && id !== effect.profileId) return undefined;
  return effect.isNew ? `calicoctl profile add ${effect.profileId} && ${update}` : update;
}

/** A name as a shell reads it back: anything but plain characters stands in single quotes. */
export function shellQuoted(name: string): string {
  return /^[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
