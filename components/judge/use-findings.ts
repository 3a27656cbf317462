import { useEffect, useRef, useState } from "react";
import type { FindingsByProfile } from "./judge-messages.ts";

/** The first paint and the first touch come before findings. */
const AFTER_MS = 1_500;
/** A burst of changes is judged once, when it has settled. */
const SETTLED_MS = 500;

/**
 * What is worth a look in the stored policy, judged beside the page; `undefined` until it is known the first time. While
 * a newer policy is judged the last answer stays: badges must not blink with every save.
 */
export function useFindings(storeRevision: number | undefined): FindingsByProfile | undefined {
  const [findings, setFindings] = useState<FindingsByProfile>();
  const isFirst = useRef(true);
  useEffect(() => {
    if (storeRevision === undefined) return undefined;
    let isWanted = true;
    const timer = setTimeout(
      async () => {
        isFirst.current = false;
        const { askJudge } = await import("./ask-judge.ts");
        const answer = await askJudge({ kind: "findings" });
        if (isWanted && answer !== undefined) setFindings(answer.findings);
      },
      isFirst.current ? AFTER_MS : SETTLED_MS,
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [storeRevision]);
  return findings;
}
