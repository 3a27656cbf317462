"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";

type PageLinkProps = ComponentProps<"a"> & { readonly href: string };

/**
 * A link to another page of the board, without loading the document again. next/link would add 6 kB to the first load,
 * for reading pages nobody has asked for yet and for addresses that are objects.
 */
export function PageLink({ href, onClick, children, ...rest }: PageLinkProps) {
  const router = useRouter();
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || isForTheBrowser(event)) return;
    event.preventDefault();
    router.push(href);
  };
  return (
    <a href={href} onClick={go} {...rest}>
      {children}
    </a>
  );
}

/** A new tab, a new window, a download: what a browser does with a link is not ours. */
function isForTheBrowser({ button, metaKey, ctrlKey, shiftKey, altKey, currentTarget }: MouseEvent<HTMLAnchorElement>) {
  return button !== 0 || metaKey || ctrlKey || shiftKey || altKey || currentTarget.target !== "";
}
