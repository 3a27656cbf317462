import type { ChangeLink } from "../model/graph-changes.ts";
import { Curve, type Ends } from "./curve.tsx";

type ChangeLinesProps = {
  readonly changes: readonly ChangeLink[];
  readonly ends: (link: ChangeLink) => Ends;
};

const LOOKS = { added: "stroke-allow", removed: "stroke-deny", changed: "stroke-focus" } as const;

/** What is new is thick and solid, what is gone dashed, what goes over other ports double. */
export function ChangeLines({ changes, ends }: ChangeLinesProps) {
  return changes.map((change) => {
    const [start, end] = ends(change);
    if (change.kind !== "changed" || start === undefined || end === undefined) {
      return (
        <Curve
          key={change.id}
          id={`change ${change.id}`}
          ends={[start, end]}
          look={LOOKS[change.kind]}
          width={change.kind === "added" ? 2.75 : 1.75}
          isDashed={change.kind === "removed"}
        />
      );
    }
    return [-2, 2].map((shift) => (
      <Curve
        key={`${change.id} ${shift}`}
        id={`change ${change.id}`}
        ends={[start + shift, end + shift]}
        look={LOOKS.changed}
        width={1.25}
        isDashed={false}
      />
    ));
  });
}

const SIGNS = { added: "+", removed: "−", changed: "±" } as const;
const SIGN_LOOKS = {
  added: "border-allow-line bg-allow-tint text-allow-text",
  removed: "border-dashed border-deny bg-deny-tint text-deny-text",
  changed: "border-amber-line bg-amber-tint text-amber-text",
} as const;

/** The sign in the middle of a changed line, so that it can be told without colour. */
export function ChangeSigns({ changes, ends }: ChangeLinesProps) {
  return changes.map((change) => {
    const [start, end] = ends(change);
    if (start === undefined || end === undefined) return null;
    return (
      <span
        key={change.id}
        data-change={change.kind}
        className={`absolute inset-s-1/2 flex size-4 -translate-x-1/2 items-center justify-center rounded-key border text-caption font-[650] ${SIGN_LOOKS[change.kind]}`}
        style={{ top: (start + end) / 2 - 8 }}
      >
        {SIGNS[change.kind]}
      </span>
    );
  });
}
