import { useEffect, useRef, useState } from "react";
import type { Issue } from "#policy/issue.ts";
import type { ProfileRules } from "#policy/profile.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { readRulesJson } from "./read-rules-json.ts";

/** What the text reads as; while it is being read nothing is claimed. */
export type JsonReading =
  | { readonly kind: "reading" }
  | { readonly kind: "read"; readonly rules: ProfileRules | undefined; readonly issues: readonly Issue[] };

const PAUSE_MS = 120;

export type JsonDraft = {
  readonly text: string;
  readonly reading: JsonReading;
  /** The text differs from the draft it began with. */
  readonly isTouched: boolean;
  /** The draft became another one while the text was being written. */
  readonly isBehind: boolean;
  readonly setText: (text: string) => void;
  /** Begins again with the draft as it is. */
  readonly reset: () => void;
};

/** A profile's rules as a text: it follows the draft until a person writes in it, and is read off the main thread when it is long. */
export function useJsonDraft(id: ProfileId, draftText: string): JsonDraft {
  const [begun, setBegun] = useState(draftText);
  const [text, setText] = useState(draftText);
  const [reading, setReading] = useState<JsonReading>({ kind: "reading" });
  const isTouched = text !== begun;
  const touched = useRef(isTouched);
  useEffect(() => {
    touched.current = isTouched;
  });
  useEffect(() => {
    if (touched.current) return;
    setBegun(draftText);
    setText(draftText);
  }, [draftText]);
  useEffect(() => {
    const controller = new AbortController();
    setReading({ kind: "reading" });
    const timer = setTimeout(() => {
      readRulesJson(text, id, controller.signal).then(
        ({ rules, issues }) => {
          if (!controller.signal.aborted) setReading({ kind: "read", rules, issues });
        },
        (error: unknown) => {
          if (!controller.signal.aborted) throw error;
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [text, id]);
  const reset = () => {
    setBegun(draftText);
    setText(draftText);
  };
  return { text, reading, isTouched, isBehind: isTouched && draftText !== begun, setText, reset };
}
