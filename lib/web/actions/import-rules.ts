"use server";

import * as z from "zod/mini";
import type { Author, Deps } from "#operations/deps.ts";
import { importRules, type RulesImport } from "#operations/import-rules.ts";
import { type ImportPart, parseImportJson } from "#policy/json/parse-import-json.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import { parseRequestedId, parseWith, requestIdSchema, versionSchema } from "#web/http/parse-action-request.ts";
import { runAction } from "#web/http/run-action.ts";
import type { ImportRefusal, ImportRulesAnswer } from "./import-answer.ts";

const modeSchema = z.enum(["replace", "append", "merge", "keep"]);
const placeSchema = z.number().check(z.int(), z.nonnegative());
const placesSchema = z.array(placeSchema).check(z.maxLength(100_000));
const importSchema = z.object({
  file: placeSchema,
  part: placeSchema,
  profileId: z.string(),
  modes: z.object({ inbound: modeSchema, outbound: modeSchema }),
  takesTags: z.boolean(),
  declined: z.object({ inbound: placesSchema, outbound: placesSchema }),
  base: versionSchema,
});
const requestSchema = z.object({
  files: z
    .array(z.object({ name: z.string().check(z.maxLength(1_000)), text: z.string() }))
    .check(z.minLength(1), z.maxLength(100)),
  imports: z.array(importSchema).check(z.minLength(1), z.maxLength(10_000)),
  note: z.string().check(z.maxLength(2_000)),
  requestId: requestIdSchema,
  isRehearsal: z.optional(z.boolean()),
});

type Request = z.output<typeof requestSchema>;

/** Parses each text again, whatever the browser made of it, and imports all of them in one transaction. */
export async function importRulesAction(request: unknown): Promise<ImportRulesAnswer> {
  return runAction(request, { parse: (input) => parseWith(requestSchema, input), run: importTexts });
}

async function importTexts(deps: Deps, author: Author, request: Request): Promise<ImportRulesAnswer> {
  const files: (readonly ImportPart[])[] = [];
  for (const { name, text } of request.files) {
    const { parts, issues } = parseImportJson(text);
    if (parts === undefined) return err({ kind: "rules-invalid", name, issues });
    files.push(parts);
  }
  const imports: RulesImport[] = [];
  for (const each of request.imports) {
    const wanted = wantedOf(each, files);
    if (!wanted.ok) return wanted;
    imports.push(wanted.value);
  }
  const note = request.note.trim();
  const imported = await importRules(deps, note === "" ? author : { ...author, note }, {
    imports,
    requestId: request.requestId,
    isRehearsal: request.isRehearsal ?? false,
  });
  return imported.ok ? ok(imported.value) : imported;
}

function wantedOf(
  { file, part, takesTags, modes, declined, base, profileId }: Request["imports"][number],
  files: readonly (readonly ImportPart[])[],
): Result<RulesImport, ImportRefusal> {
  const id = parseRequestedId(profileId);
  if (!id.ok) return id;
  const found = files[file]?.[part];
  if (found === undefined) {
    const issue = { kind: "wrong-type", found: "none", expected: "a profile of the file", path: ["imports"] } as const;
    return err({ kind: "invalid-request", issues: [issue] });
  }
  const { rules, tags } = found;
  const wanted = { ...(rules && { rules }), ...(takesTags && tags && { tags }), modes, declined };
  return ok({ profileId: id.value, base, ...wanted });
}
