import type { Position, Rule } from "#policy/rule.ts";

/** What happened to one rule of a list; positions are those a person saw before (`from`) and sees after (`to`). */
export type RuleChange =
  | { readonly kind: "kept"; readonly rule: Rule; readonly from: Position; readonly to: Position }
  | { readonly kind: "moved"; readonly rule: Rule; readonly from: Position; readonly to: Position }
  | {
      readonly kind: "edited";
      readonly rule: Rule;
      readonly before: Rule;
      readonly from: Position;
      readonly to: Position;
      readonly isMoved: boolean;
    }
  | { readonly kind: "added"; readonly rule: Rule; readonly to: Position }
  | { readonly kind: "removed"; readonly rule: Rule; readonly from: Position };
