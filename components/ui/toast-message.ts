import type { LucideIcon } from "lucide-react";

/** Fact in bold, detail below, one action. A refusal stays until it is closed. */
export type ToastMessage = {
  readonly title: string;
  readonly detail?: string;
  readonly icon?: LucideIcon;
  readonly tone?: "done" | "refused";
  readonly action?: { readonly label: string; readonly run: () => void };
};
