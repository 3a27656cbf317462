"use server";

import * as z from "zod/mini";
import type { Author } from "#operations/deps.ts";
import { type ImportUndo, undoImport } from "#operations/undo-import.ts";
import type { Leaf } from "#policy/profile.ts";
import { parseRulesValue } from "#policy/rules-value.ts";
import { parseTagsValue } from "#policy/tags-value.ts";
import { err, ok, type Result } from "#prelude/result.ts";
import { parseRequestedId, parseWith, requestIdSchema, versionSchema } from "#web/http/parse-action-request.ts";
import { runAction } from "#web/http/run-action.ts";
import type { ActionFailure } from "./answers.ts";
import type { UndoImportAnswer } from "./import-answer.ts";

const valueSchema = z.nullable(z.string());
const requestSchema = z.object({
  profiles: z
    .array(
      z.object({
        profileId: z.string(),
        base: versionSchema,
        before: z.nullable(z.object({ tags: valueSchema, rules: valueSchema })),
      }),
    )
    .check(z.minLength(1), z.maxLength(10_000)),
  revision: z.number(),
  requestId: requestIdSchema,
});

type Request = z.output<typeof requestSchema>;
type Undo = { readonly profiles: readonly ImportUndo[]; readonly requestId: string; readonly revision: number };

/** Puts back the values an import changed, as long as nobody wrote since; the journal says which revision it undoes. */
export async function undoImportAction(request: unknown): Promise<UndoImportAnswer> {
  return runAction(request, {
    parse: parseRequest,
    run: (deps, author: Author, { revision, ...undo }: Undo) =>
      undoImport(deps, { ...author, note: `Undo of rev ${revision}` }, undo),
  });
}

function parseRequest(input: unknown): Result<Undo, ActionFailure> {
  const request = parseWith(requestSchema, input);
  if (!request.ok) return request;
  const profiles: ImportUndo[] = [];
  for (const each of request.value.profiles) {
    const undo = parseUndo(each);
    if (!undo.ok) return undo;
    profiles.push(undo.value);
  }
  return ok({ ...request.value, profiles });
}

function parseUndo({ profileId, base, before }: Request["profiles"][number]): Result<ImportUndo, ActionFailure> {
  const id = parseRequestedId(profileId);
  if (!id.ok) return id;
  if (before === null) return ok({ profileId: id.value, base });
  const [tags, rules] = [leafOf(before.tags, parseTagsValue), leafOf(before.rules, parseRulesValue)];
  for (const leaf of [tags, rules]) {
    // Nothing invalid is ever stored, not even again (I1).
    if (leaf.kind === "invalid") return err({ kind: "invalid-request", issues: leaf.issues });
  }
  return ok({ profileId: id.value, base, before: { id: id.value, tags, rules } });
}

function leafOf<T>(text: string | null, parse: (text: string) => Leaf<T>): Leaf<T> {
  return text === null ? { kind: "missing" } : parse(text);
}
