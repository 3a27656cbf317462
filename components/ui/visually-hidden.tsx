import type { ReactNode } from "react";

/** Said to assistive technology, not drawn. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }) {
  return <span className="sr-only">{children}</span>;
}
