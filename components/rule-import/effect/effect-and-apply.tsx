"use client";

import { ApplyStep } from "../apply/apply-step.tsx";
import type { StepProps } from "../frame/step-props.ts";
import { EffectStep } from "./effect-step.tsx";
import { useImportEffect } from "./use-import-effect.ts";

/** Steps 3 and 4 stand on one judgement, so that going on does not ask again. */
export function EffectAndApply(step: StepProps) {
  const { effect, isCurrent } = useImportEffect(step.state);
  if (effect === undefined) return <Working />;
  const Step = step.state.step === "apply" ? ApplyStep : EffectStep;
  return <Step {...step} effect={effect} isCurrent={isCurrent} />;
}

function Working() {
  return (
    <p role="status" className="flex grow items-center justify-center bg-sunken text-ink-2">
      Comparing with the rules of today
    </p>
  );
}
