import { CircleX, Info, TriangleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import type { Finding } from "#analysis/findings/finding.ts";
import type { WordedFinding } from "#components/judge/judge-messages.ts";
import { MenuItem } from "#components/ui/menu.tsx";
import { profileHref } from "./profile-href.ts";
import type { ProfileDesk } from "./use-profile-desk.ts";

type CardFindingsProps = { readonly desk: ProfileDesk; readonly findings: readonly WordedFinding[] };

const ICONS = { error: CircleX, warning: TriangleAlert, notice: Info } as const;

/** What the judge found in a profile, one line each; choosing one goes to the rule it is about. */
export function CardFindings({ desk, findings }: CardFindingsProps) {
  const router = useRouter();
  const show = (finding: Finding) => {
    if (!("position" in finding)) return router.push(profileHref(desk.id));
    const { direction, position } = finding;
    const row = `[data-direction="${direction}"] [data-rule="${position}"] [data-row-button]`;
    const button = desk.root.current?.querySelector<HTMLElement>(row);
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: "nearest" });
    return undefined;
  };
  return findings.map(({ finding, message }) => (
    <MenuItem key={message} icon={ICONS[finding.severity]} onSelect={() => show(finding)} isLong>
      <span className="sr-only">{finding.severity}: </span>
      {message}
    </MenuItem>
  ));
}
