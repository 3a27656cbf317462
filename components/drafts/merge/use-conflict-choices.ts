import { useEffect, useMemo, useState } from "react";
import { usePolicy } from "#components/live/policy-provider.tsx";
import type { MergeChoice, MergeChoices } from "#policy/merge/profile-merge.ts";
import { resolveMerge } from "#policy/merge/resolve-merge.ts";
import type { DraftEffect } from "../draft-effect.ts";
import { askEffect } from "../effect/ask-effect.ts";
import type { MergeAttempt } from "./attempt-merge.ts";
import { conflictOptions, narrowestOption } from "./conflict-options.ts";

/** The effect of each option, by the id of its conflict and its kind; all other conflicts end as theirs. */
type Effects = ReadonlyMap<string, DraftEffect | undefined>;

/** Nothing for a rule that is being written by hand and is none yet. */
type Chosen = ReadonlyMap<string, MergeChoice | undefined>;

const NONE: Effects = new Map();

type ConflictChoices = {
  readonly choices: MergeChoices;
  readonly choose: (id: string, choice: MergeChoice | undefined) => void;
  readonly effectOf: (id: string, kind: string) => DraftEffect | undefined;
};

/** What was chosen for each conflict; before a person chooses, the narrowest once the judge has said which it is. */
export function useConflictChoices(attempt: MergeAttempt): ConflictChoices {
  const effects = useOptionEffects(attempt);
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const choices = useMemo(() => choicesOf(attempt, effects, chosen), [attempt, effects, chosen]);
  return {
    choices,
    choose: (id, choice) => setChosen((before) => new Map(before).set(id, choice)),
    effectOf: (id, kind) => effects.get(`${id} ${kind}`),
  };
}

function choicesOf({ open }: MergeAttempt, effects: Effects, chosen: Chosen): MergeChoices {
  const choices = new Map<string, MergeChoice>();
  for (const conflict of open) {
    const { id } = conflict;
    const narrowest = narrowestOption(conflictOptions(conflict), ({ kind }) => effects.get(`${id} ${kind}`));
    const choice = chosen.has(id) ? chosen.get(id) : narrowest;
    if (choice !== undefined) choices.set(id, choice);
  }
  return choices;
}

function useOptionEffects(attempt: MergeAttempt): Effects {
  const policy = usePolicy();
  const snapshot = policy.kind === "known" ? policy.state.snapshot : undefined;
  const [told, setTold] = useState<{ readonly about: MergeAttempt; readonly effects: Effects }>();
  useEffect(() => {
    if (snapshot === undefined) return undefined;
    let isWanted = true;
    const { merge, onto, settled, open } = attempt;
    const theirs = new Map<string, MergeChoice>([
      ...settled,
      ...open.map(({ id }) => [id, { kind: "theirs" }] as const),
    ]);
    const asked = open.flatMap((conflict) =>
      conflictOptions(conflict).map(async ({ kind }) => {
        const after = resolveMerge(merge, new Map(theirs).set(conflict.id, { kind }));
        return [`${conflict.id} ${kind}`, await askEffect(snapshot, onto.profile, after)] as const;
      }),
    );
    void Promise.all(asked).then((entries) => {
      if (isWanted) setTold({ about: attempt, effects: new Map(entries) });
    });
    return () => {
      isWanted = false;
    };
  }, [snapshot, attempt]);
  return told?.about === attempt ? told.effects : NONE;
}
