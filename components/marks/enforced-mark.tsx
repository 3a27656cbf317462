/** A filled disc with a check when every node enforces, else a ring filled as far as nodes report. */
export function EnforcedMark({
  enforcing,
  total,
  size = 14,
}: {
  readonly enforcing: number;
  readonly total: number;
  readonly size?: number;
}) {
  if (total > 0 && enforcing >= total) {
    return (
      <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true" className="shrink-0">
        <circle cx="8" cy="8" r="7" className="fill-ink-2" />
        <path
          d="m5 8.3 2 2 4-4.3"
          className="stroke-raised"
          strokeWidth="1.9"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
    );
  }
  const around = 2 * Math.PI * 6;
  const share = total === 0 ? 0 : enforcing / total;
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true" className="shrink-0">
      <circle cx="8" cy="8" r="6" className="stroke-line-strong" strokeWidth="3" />
      <circle
        cx="8"
        cy="8"
        r="6"
        className="stroke-focus"
        strokeWidth="3"
        strokeDasharray={`${share * around} ${around}`}
        transform="rotate(-90 8 8)"
      />
    </svg>
  );
}
