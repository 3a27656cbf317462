"use server";

import * as z from "zod/mini";
import type { Author, Deps } from "#operations/deps.ts";
import { importRules, type RulesImport } from "#operations/import-rules.ts";
import { parseRulesJson } from "#policy/json/parse-rules-json.ts";
import { err, ok } from "#prelude/result.ts";
import { parseRequestedId, parseWith, requestIdSchema, versionSchema } from "#web/http/parse-action-request.ts";
import { runAction } from "#web/http/run-action.ts";
import type { ImportRulesAnswer } from "./import-answer.ts";

const modeSchema = z.enum(["replace", "append", "merge", "keep"]);
const requestSchema = z.object({
  files: z
    .array(
      z.object({
        name: z.string().check(z.maxLength(1_000)),
        text: z.string(),
        profileId: z.string(),
        modes: z.object({ inbound: modeSchema, outbound: modeSchema }),
        base: versionSchema,
      }),
    )
    .check(z.minLength(1), z.maxLength(100)),
  note: z.string().check(z.maxLength(2_000)),
  requestId: requestIdSchema,
});

type Request = z.output<typeof requestSchema>;

/** Parses each text again, whatever the browser made of it, and imports all of them in one transaction. */
export async function importRulesAction(request: unknown): Promise<ImportRulesAnswer> {
  return runAction(request, { parse: (input) => parseWith(requestSchema, input), run: importTexts });
}

async function importTexts(deps: Deps, author: Author, request: Request): Promise<ImportRulesAnswer> {
  const imports: RulesImport[] = [];
  for (const { name, text, modes, base, ...file } of request.files) {
    const profileId = parseRequestedId(file.profileId);
    if (!profileId.ok) return profileId;
    const { rules, issues } = parseRulesJson(text);
    if (rules === undefined) return err({ kind: "rules-invalid", name, issues });
    imports.push({ profileId: profileId.value, rules, modes, base });
  }
  const note = request.note.trim();
  const imported = await importRules(deps, note === "" ? author : { ...author, note }, {
    imports,
    requestId: request.requestId,
  });
  return imported.ok ? ok(imported.value) : imported;
}
