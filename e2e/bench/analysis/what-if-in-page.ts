import { findingChanges, judged, whatIf } from "#analysis/impact/impact.ts";
import { randomEdits } from "./random-edits.ts";
import { randomEstate } from "./random-estate.ts";

type Timings = { readonly pairs: readonly number[]; readonly findings: readonly number[] };

const [PROFILES, RULES_PER_PROFILE, EDITS, WARM_UPS] = [300, 10, 200, 10];

/** What an impact bar asks, timed where it runs: milliseconds of each edit, without and with findings. */
function timeWhatIf(): Timings {
  const before = judged(randomEstate(PROFILES, RULES_PER_PROFILE));
  const edits = randomEdits(before.snapshot, EDITS);
  const time = (ask: (edit: (typeof edits)[number]) => unknown) => {
    for (const edit of edits.slice(0, WARM_UPS)) ask(edit);
    return edits.map((edit) => {
      const startedAt = performance.now();
      ask(edit);
      return performance.now() - startedAt;
    });
  };
  const pairs = time((edit) => whatIf(before, [edit]));
  const findings = time((edit) => {
    const tried = whatIf(before, [edit]);
    if (tried.ok) findingChanges(before, tried.value.after);
  });
  return { pairs, findings };
}

Object.assign(globalThis, { timeWhatIf });
