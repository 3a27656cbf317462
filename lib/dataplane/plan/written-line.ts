import { OUR_PREFIX } from "#dataplane/desired/names/chain-names.ts";
import { lineText, type SetNamer } from "#dataplane/desired/rules/line-text.ts";
import type { RuleLine } from "#dataplane/desired/rules/rule-line.ts";
import type { KernelLine } from "#dataplane/plan/kernel-state.ts";
import { lineEffect } from "#dataplane/plan/line-effect.ts";
import type { WrittenLine } from "#dataplane/plan/plan-step.ts";

// On the spec itself: the target is then a piece of a text that is there anyway.
const TARGET = /(?:^| )-[gj] (\S+)/;
const NO_USES: KernelLine["uses"] = [];

/** A line as iptables-restore reads it, and as the kernel will show it. */
export function writtenLine(line: RuleLine, nameSet: SetNamer): WrittenLine {
  const uses =
    line.uses.length === 0
      ? NO_USES
      : line.uses.map(({ tag, side, negated }) => ({ set: nameSet(tag), side, negated }));
  const target = TARGET.exec(line.spec)?.[1];
  const key = lineKey(
    line.hash,
    uses.map(({ set }) => set),
  );
  return {
    text: lineText(line, nameSet),
    line: {
      key,
      isOurs: line.comment !== "",
      uses,
      effect: lineEffect(target),
      ...(target?.startsWith(OUR_PREFIX) && { target }),
    },
  };
}

/** What makes two lines the same: the content's hash and the sets it names. */
export function lineKey(hash: string, sets: readonly string[]): string {
  return sets.length === 0 ? hash : [hash, ...sets].join(" ");
}
