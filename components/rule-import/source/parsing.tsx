"use client";

import type { Dispatch } from "react";
import type { ImportAction, ImportFile } from "../import-state.ts";
import { useParsing } from "./use-parsing.ts";

type ParsingProps = { readonly files: readonly ImportFile[]; readonly dispatch: Dispatch<ImportAction> };

/** Parses the files of the import while there are any; draws nothing. */
export function Parsing({ files, dispatch }: ParsingProps) {
  useParsing(files, dispatch);
  return null;
}
