import type { LucideIcon } from "lucide-react";

type IconProps = {
  readonly of: LucideIcon;
  readonly size?: 11 | 12 | 14 | 16 | 20;
  readonly className?: string;
};

/** A lucide icon at the stroke its size asks for; always decoration, the word beside it carries the meaning. */
export function Icon({ of: Shape, size = 16, className }: IconProps) {
  return (
    <Shape aria-hidden="true" size={size} strokeWidth={strokeFor(size)} className={`shrink-0 ${className ?? ""}`} />
  );
}

function strokeFor(size: number): number {
  if (size <= 12) return 2.4;
  return size <= 14 ? 2.1 : 1.75;
}
