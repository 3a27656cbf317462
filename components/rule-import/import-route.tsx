"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type Dispatch, useEffect, useRef, useState } from "react";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { useImportEntry } from "./import-provider.tsx";
import type { ImportAction } from "./import-state.ts";

/** The dialog as a place with an address: `/import`, or `/import?profile=APP` when it was opened for a profile. */
export function ImportRoute({ closesTo }: { readonly closesTo: "where one came from" | "the profiles" }) {
  const { state, dispatch, reading } = useImportEntry();
  const router = useRouter();
  const isHere = usePathname() === "/import";
  const asked = useSearchParams().get("profile");
  const opener = useRef<Element | null>(null);
  const [isOpen, setOpen] = useState(false);

  // Opened after the first paint, so that what had the focus before is known.
  useEffect(() => {
    opener.current = document.activeElement;
    const openedFor = parseProfileId(asked ?? undefined);
    dispatch(openedFor.ok ? { kind: "opened", openedFor: openedFor.value } : { kind: "opened" });
    setOpen(true);
    void restore(openedFor.ok ? openedFor.value : undefined, dispatch);
  }, [asked, dispatch]);

  const close = () => {
    setOpen(false);
    if (closesTo === "the profiles") router.push("/profiles");
    else router.back();
  };
  // The router keeps a slot that does not match any more; its dialog must not.
  return isHere ? <ImportDialog isOpen={isOpen} onClose={close} {...{ opener, state, dispatch, reading }} /> : null;
}

/** What was entered before the page was read again. */
async function restore(openedFor: ProfileId | undefined, dispatch: Dispatch<ImportAction>): Promise<void> {
  const { readKeptImport } = await import("./keep-import.ts");
  const kept = await readKeptImport(openedFor);
  if (kept !== undefined) dispatch({ kind: "restored", kept });
}
