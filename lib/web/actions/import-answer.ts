import type { ImportedRules, ImportRulesRefusal } from "#operations/import-rules.ts";
import type { UndoImportRefusal } from "#operations/undo-import.ts";
import type { Issue } from "#policy/issue.ts";
import type { Result } from "#prelude/result.ts";
import type { ActionFailure } from "./answers.ts";

/** Why an import wrote nothing; after `unavailable` that is not known. */
export type ImportRefusal =
  | ImportRulesRefusal
  | { readonly kind: "rules-invalid"; readonly name: string; readonly issues: readonly Issue[] }
  | ActionFailure;

export type ImportRulesAnswer = Result<ImportedRules, ImportRefusal>;

export type UndoImportAnswer = Result<{ readonly revision: number }, UndoImportRefusal | ActionFailure>;
