import { Button } from "#components/ui/button.tsx";
import type { StepProps } from "../frame/step-props.ts";
import { partsOf } from "../planned-parts.ts";

/** A profile of the file that is not imported, and the way back. */
export function LeftOutPart({ state, dispatch }: Pick<StepProps, "state" | "dispatch">) {
  const { selected, files, openedFor } = state;
  const file = files.find(({ key }) => key === selected?.key);
  const planned = file && partsOf(file, openedFor).find(({ part }) => part === selected?.part);
  if (planned === undefined || selected === undefined) return <div className="bg-sunken" />;
  return (
    <section aria-label="Rules" className="flex flex-col items-center justify-center gap-3 bg-sunken p-6 text-center">
      <p className="text-ink-2">{planned.target ?? "This profile"} is left out: nothing of it is written.</p>
      <Button onClick={() => dispatch({ kind: "chosen", place: selected, choice: { isLeftOut: false } })}>
        Take it in again
      </Button>
    </section>
  );
}
