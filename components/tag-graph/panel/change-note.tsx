import type { GraphChange } from "../model/graph-changes.ts";
import { PanelSection } from "./panel-parts.tsx";

const WORDS = { added: "+ Added", removed: "− Removed", changed: "± Other ports" } as const;

/** What the comparison says of the pair: what it may send more, and no longer. */
export function ChangeNote({ change: { kind, opened, closed, was, is } }: { readonly change: GraphChange }) {
  return (
    <PanelSection title={WORDS[kind]}>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-3 gap-y-1 text-small">
        {opened === "none" ? null : <Fact name="opens" words={opened} />}
        {closed === "none" ? null : <Fact name="closes" words={closed} />}
        <Fact name="before" words={was === "none" ? "nothing" : was} />
        <Fact name="now" words={is === "none" ? "nothing" : is} />
      </dl>
    </PanelSection>
  );
}

function Fact({ name, words }: { readonly name: string; readonly words: string }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="mono m-0 break-words">{words}</dd>
    </>
  );
}
