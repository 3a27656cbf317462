/** When an export was made, and of which part: what a reader needs to know before he trusts it. */
export type Stamp = {
  /** ISO 8601 UTC. */
  readonly time: string;
  /** `everything`, or the query and selection in words. */
  readonly scope: string;
};

/** The line that stands on an export: `revision 412, 2026-11-23T09:00:00Z, from:WEB`. */
export function formatStamp(revision: number, stamp: Stamp | undefined): string {
  return stamp === undefined ? `revision ${revision}` : `revision ${revision}, ${stamp.time}, ${stamp.scope}`;
}
