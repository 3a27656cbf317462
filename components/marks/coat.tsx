import { useId } from "react";
import { coatPattern } from "./coat-pattern.ts";

/** The patch mark of a profile. It carries no meaning, so assistive technology does not see it. */
export function Coat({ name, size = 20 }: { readonly name: string; readonly size?: number }) {
  const id = useId();
  const { ground, patches } = coatPattern(name);
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" className="shrink-0">
      <clipPath id={id}>
        <rect width="20" height="20" rx="5" />
      </clipPath>
      <g clipPath={`url(#${id})`}>
        <rect width="20" height="20" fill={`var(--color-coat-${ground})`} />
        {patches.map(({ cx, cy, rx, ry, turn, shade }) => (
          <ellipse
            key={shade}
            {...{ cx, cy, rx, ry }}
            transform={`rotate(${turn} ${cx} ${cy})`}
            fill={`var(--color-coat-${shade})`}
          />
        ))}
      </g>
      <rect
        x="0.5"
        y="0.5"
        width="19"
        height="19"
        rx="4.5"
        fill="none"
        stroke="var(--color-line-strong)"
        strokeOpacity="0.7"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
