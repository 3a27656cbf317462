import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import type { EndpointRow } from "./endpoint-rows.ts";

/** Whether an endpoint sends and receives at all: a shape and a word. */
export function StateMark({ value }: { readonly value: EndpointRow["value"] }) {
  if (value.kind === "invalid") return <Mark mark="invalid" word="invalid" />;
  return value.endpoint.state === "active" ? (
    <span className="flex items-center gap-1.5">
      <span aria-hidden="true" className="mx-[3px] size-2 rounded-full bg-ink-2" />
      active
    </span>
  ) : (
    <Mark mark="no-match" word="inactive" />
  );
}

function Mark({ mark, word }: { readonly mark: "invalid" | "no-match"; readonly word: string }) {
  return (
    <span className="flex items-center gap-1.5 text-ink-2">
      <VerdictMark mark={mark} />
      {word}
    </span>
  );
}
