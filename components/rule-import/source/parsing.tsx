"use client";

import { type Dispatch, useEffect, useMemo } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import { EMPTY_IMPORT, type ImportAction, type ImportState } from "../import-state.ts";
import { keepImport } from "../keep-import.ts";
import { heldTagsOf } from "./held-tags.ts";
import { useParsing } from "./use-parsing.ts";

type ParsingProps = { readonly state: ImportState; readonly dispatch: Dispatch<ImportAction> };

/** A pause in typing this long is kept. */
const KEEP_AFTER_MS = 400;

/** Parses the files of the import, and keeps what was entered, while there are any; draws nothing. */
export function Parsing({ state, dispatch }: ParsingProps) {
  const { files } = state;
  useEffect(() => {
    const timer = setTimeout(() => void keepImport(state), KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [state]);
  useEffect(() => () => void keepImport(EMPTY_IMPORT), []);
  const policy = usePolicy();
  const snapshot = policy.kind === "known" ? policy.state.snapshot : undefined;
  const knownTags = useMemo(() => heldTagsOf(snapshot), [snapshot]);
  useParsing({ files, knownTags, dispatch });
  return null;
}
