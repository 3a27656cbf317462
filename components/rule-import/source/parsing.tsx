"use client";

import { type Dispatch, useMemo } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import type { ImportAction, ImportFile } from "../import-state.ts";
import { heldTagsOf } from "./held-tags.ts";
import { useParsing } from "./use-parsing.ts";

type ParsingProps = { readonly files: readonly ImportFile[]; readonly dispatch: Dispatch<ImportAction> };

/** Parses the files of the import while there are any; draws nothing. */
export function Parsing({ files, dispatch }: ParsingProps) {
  const policy = usePolicy();
  const snapshot = policy.kind === "known" ? policy.state.snapshot : undefined;
  const knownTags = useMemo(() => heldTagsOf(snapshot), [snapshot]);
  useParsing({ files, knownTags, dispatch });
  return null;
}
