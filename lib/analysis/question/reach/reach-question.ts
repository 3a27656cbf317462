import type { Traffic } from "#policy/traffic.ts";

/** Can one place reach another with this? Places as people write them (cli.md, PLACE); plain JSON. */
export type ReachQuestion = { readonly from: string; readonly to: string; readonly traffic: Traffic };
