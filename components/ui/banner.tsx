import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

type BannerProps = {
  readonly icon: LucideIcon;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly tone?: "amber" | "deny" | "quiet";
};

const TONES = {
  amber: "border-amber-line bg-amber-tint [&>svg]:text-amber-text",
  deny: "border-dashed border-deny bg-deny-tint [&>svg]:text-deny-text",
  quiet: "border-line-strong bg-raised [&>svg]:text-ink-3",
};

/** A fact about the page: title in bold, reason below, one way out at the right. */
export function Banner({ icon, title, children, action, tone = "amber" }: BannerProps) {
  return (
    <div role="status" className={`flex items-center gap-3 rounded-list border px-3.5 py-2.5 ${TONES[tone]}`}>
      <Icon of={icon} size={16} />
      <div className="min-w-0 grow">
        <p className="font-[600] text-ink">{title}</p>
        {children ? <div className="text-small text-ink-2">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
