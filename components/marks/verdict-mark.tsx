/** What a mark can say; its shape says it without colour, the word beside it says it without sight. */
export type Mark = "allow" | "deny" | "no-match" | "log" | "next-tier" | "invalid";

/** Drawn by us: a filled disc with a check, a broken ring with a slash, a thin dotted ring, and so on. */
export function VerdictMark({ mark, size = 14 }: { readonly mark: Mark; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      aria-hidden="true"
      className="shrink-0"
      data-mark={mark}
    >
      {shapeOf(mark)}
    </svg>
  );
}

function shapeOf(mark: Mark) {
  switch (mark) {
    case "allow":
      return (
        <>
          <circle cx="8" cy="8" r="7.5" className="fill-allow" />
          <path
            d="m4.8 8.3 2.2 2.2 4.2-4.6"
            className="stroke-on-allow"
            strokeWidth="1.9"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      );
    case "deny":
      return (
        <g className="stroke-deny" strokeWidth="1.9">
          <circle cx="8" cy="8" r="6.6" strokeDasharray="4.2 2.7" />
          <path d="m4.9 11.1 6.2-6.2" strokeLinecap="round" />
        </g>
      );
    case "no-match":
      return (
        <g className="stroke-ink-3" strokeWidth="1.2">
          <circle cx="8" cy="8" r="6.8" strokeDasharray="2 1.85" />
          <path d="m5 11 6-6" strokeLinecap="round" />
        </g>
      );
    case "log":
      return (
        <g className="stroke-ink-3" strokeWidth="1.4" strokeLinecap="round">
          <circle cx="8" cy="8" r="6.8" />
          <path d="M5.2 6.3h5.6M5.2 9.6h3.6" />
        </g>
      );
    case "next-tier":
      return (
        <g className="stroke-ink-3" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round">
          <circle cx="8" cy="8" r="6.8" />
          <path d="M5 8h6m-2.3-2.4L11 8l-2.3 2.4" />
        </g>
      );
    case "invalid":
      return (
        <g className="stroke-deny" strokeWidth="1.7" strokeLinecap="round">
          <circle cx="8" cy="8" r="6.6" strokeDasharray="4.2 2.7" />
          <path d="M8 4.8v3.6M8 11v.1" />
        </g>
      );
  }
}
