import type { ToastMessage } from "./toast-message.ts";

/** Copies a text and says so; a page that is not served from this machine or by https may not write to the clipboard. */
export async function copyText(text: string, title: string, say: (message: ToastMessage) => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say({ title });
  } catch {
    say({ tone: "refused", title: "Not copied", detail: "This page may not write to the clipboard." });
  }
}
