import { type RuleLine, ruleLine } from "#dataplane/desired/rules/rule-line.ts";

/** Makes lines that name no set. */
export type MakeLine = (spec: string, comment: string) => RuleLine;

/** Lines kept from one rendering to the next, so that only new ones are hashed. */
export interface LineStore {
  readonly make: MakeLine;
  /** Ends a rendering: lines that were not made in it are forgotten. */
  endTurn(): void;
}

/** An empty store. */
export function lineStore(): LineStore {
  let before = new Map<string, RuleLine>();
  let now = new Map<string, RuleLine>();
  return {
    make(spec, comment) {
      const key = `${spec}\n${comment}`;
      const line = now.get(key) ?? before.get(key) ?? ruleLine(spec, comment);
      now.set(key, line);
      return line;
    },
    endTurn() {
      before = now;
      now = new Map();
    },
  };
}
