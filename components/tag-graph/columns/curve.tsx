/** Where a line begins and ends, from the top; a box that is not drawn has no place. */
export type Ends = readonly [start: number | undefined, end: number | undefined];

type CurveProps = {
  readonly id: string;
  readonly ends: Ends;
  readonly look: string;
  readonly width: number;
  readonly isDashed: boolean;
};

/** A line between two columns; it stretches with the gap, its width does not. */
export function Curve({ id, ends: [start, end], look, width, isDashed }: CurveProps) {
  if (start === undefined || end === undefined) return null;
  return (
    <path
      data-link={id}
      d={curveThrough(start, end)}
      className={look}
      strokeWidth={width}
      {...(isDashed ? { strokeDasharray: "5 4" } : {})}
      vectorEffect="non-scaling-stroke"
    />
  );
}

/** The path data of one line. */
export function curveThrough(start: number, end: number): string {
  return `M0 ${start}C50 ${start} 50 ${end} 100 ${end}`;
}
