import type { TableName } from "#dataplane/desired/node-policy.ts";
import type { KernelLine, KernelSet } from "#dataplane/plan/kernel-state.ts";
import type { Family } from "#policy/rule.ts";

/** A line ready to be written: its words with real set names and comment, and what the kernel will then hold. */
export type WrittenLine = { readonly text: string; readonly line: KernelLine };

/** One edit of one chain. Positions are 1-based and count the lines as the edits before left them. */
export type TableCommand =
  | { readonly kind: "new-chain"; readonly chain: string }
  | { readonly kind: "append"; readonly chain: string; readonly written: WrittenLine }
  | { readonly kind: "insert"; readonly chain: string; readonly position: number; readonly written: WrittenLine }
  | { readonly kind: "delete"; readonly chain: string; readonly position: number }
  | { readonly kind: "flush"; readonly chain: string }
  | { readonly kind: "remove-chain"; readonly chain: string };

/** One thing the node does. A `restore-table` is one COMMIT: packets see all of it or nothing. */
export type PlanStep =
  | { readonly kind: "create-set"; readonly name: string; readonly set: KernelSet }
  | { readonly kind: "add-members"; readonly name: string; readonly members: readonly string[] }
  | { readonly kind: "remove-members"; readonly name: string; readonly members: readonly string[] }
  | {
      readonly kind: "restore-table";
      readonly family: Family;
      readonly table: TableName;
      readonly commands: readonly TableCommand[];
    }
  | { readonly kind: "destroy-set"; readonly name: string };

/** What the node is about to do, in order: sets before the rules that name them, removals the other way round. */
export type Plan = readonly PlanStep[];
