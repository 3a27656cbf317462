"use client";

import { Check } from "lucide-react";
import { useEffect, useRef } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { IMPORT_STEPS, type ImportState, type ImportStep } from "../import-state.ts";
import { firstOpenStep } from "../planned-parts.ts";

const NAMES: Readonly<Record<ImportStep, string>> = {
  source: "File",
  problems: "Problems",
  effect: "Effect",
  apply: "Note and apply",
};

type ImportStepsProps = { readonly state: ImportState; readonly onGo: (step: ImportStep) => void };

/** Where one is; every step that can be stood on now is a button. */
export function ImportSteps({ state, onGo }: ImportStepsProps) {
  const here = IMPORT_STEPS.indexOf(state.step);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (state.step === "source") return;
    // What had the focus went with the step before; from here the Tab key goes into the new one.
    list.current?.querySelector<HTMLElement>("[aria-current=step]")?.focus();
  }, [state.step]);
  const reachable = reachableSteps(state);
  return (
    <ol ref={list} className="mx-auto flex items-center gap-2 max-lg:order-last max-lg:mx-0 max-lg:w-full">
      {IMPORT_STEPS.map((step, index) => (
        <li key={step} className="flex items-center gap-2">
          {index > 0 ? <span aria-hidden="true" className="h-px w-6 bg-line-strong max-sm:w-2" /> : null}
          <button
            type="button"
            disabled={index >= reachable && index !== here}
            aria-current={index === here ? "step" : undefined}
            onClick={() => onGo(step)}
            className="flex min-h-6 items-center gap-2 rounded-chip px-1 text-small text-ink-2 enabled:hover:text-ink disabled:cursor-not-allowed disabled:text-ink-3 aria-[current]:font-[600] aria-[current]:text-ink"
          >
            <StepDisc index={index} isDone={index < here} isHere={index === here} />
            <span className={index === here ? "" : "max-sm:sr-only"}>{NAMES[step]}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function StepDisc({
  index,
  isDone,
  isHere,
}: {
  readonly index: number;
  readonly isDone: boolean;
  readonly isHere: boolean;
}) {
  if (isDone) {
    return (
      <span className="flex size-[18px] items-center justify-center rounded-full bg-tag-fill text-ink">
        <Icon of={Check} size={11} />
      </span>
    );
  }
  const look = isHere ? "bg-primary text-on-primary" : "border border-control-line";
  return (
    <span className={`flex size-[18px] items-center justify-center rounded-full text-caption font-[600] ${look}`}>
      {index + 1}
    </span>
  );
}

/** How many steps, counted from the first, may be stood on. */
function reachableSteps(state: ImportState): number {
  if (firstOpenStep(state) === "source") return 1;
  return firstOpenStep(state) === "problems" ? 2 : 4;
}
