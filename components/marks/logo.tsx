/** The mark of Tortie, in the three colours of every coat. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <path d="M4 3.5 11 8h10l7-4.5V17c0 7-5 12-12 12S4 24 4 17Z" className="fill-coat-ink-1 dark:fill-coat-ink-2" />
      <path d="M28 3.5 21 8h-4c1 6 5 9 11 9Z" className="fill-coat-amber-1" />
      <path
        d="M11.5 28.1C9 24 12 19 17 19c5 0 8 3 9 4.5-2 3.5-6 5.5-10 5.5-1.6 0-3.1-.3-4.5-.9Z"
        className="fill-coat-amber-2"
      />
      <circle cx="16.5" cy="17" r="3.6" className="fill-coat-cream-1" />
    </svg>
  );
}
