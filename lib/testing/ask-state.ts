import { evaluate } from "#policy/evaluate.ts";
import type { Evaluation } from "#policy/packet.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";

/** The snapshot a state file's object describes; throws when the file itself has an issue. */
export function snapshotOf(state: unknown): Snapshot {
  const { entries, issues } = parseStateValue(state);
  if (issues.length > 0) throw new Error(JSON.stringify(issues));
  return snapshotFromEntries(entries);
}

/** What evaluate answers to a probe written as in a policy test. */
export function askState(state: unknown, probe: unknown): Evaluation {
  const parsed = parseProbe(probe);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return evaluate(snapshotOf(state), parsed.value);
}
