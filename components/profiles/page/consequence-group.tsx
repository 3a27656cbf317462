import { ShieldCheck, ShieldX, TriangleAlert } from "lucide-react";
import type { DraftConsequences } from "#components/judge/draft-consequences.ts";
import { Icon } from "#components/ui/icon.tsx";

const SHOWN = 2;

/** What a draft does to promises and findings; nothing is drawn where it does nothing and nothing is promised. */
export function ConsequenceGroup({ consequences }: { readonly consequences: DraftConsequences }) {
  const { gained, lost, broken, repaired, holding, intentCount } = consequences;
  const lines = [
    ...broken.map((text) => ({ mark: "breaks", text })),
    ...gained.map((text) => ({ mark: "new", text })),
    ...repaired.map((text) => ({ mark: "repairs", text })),
    ...lost.map((text) => ({ mark: "clears", text })),
  ];
  if (lines.length === 0 && intentCount === 0) return null;
  const isBroken = broken.length > 0;
  const icon = isBroken ? ShieldX : gained.length > 0 ? TriangleAlert : holding < intentCount ? ShieldX : ShieldCheck;
  const look = isBroken
    ? "border-dashed border-deny bg-deny-tint text-deny-text"
    : gained.length > 0
      ? "border-amber-line bg-amber-tint text-amber-text"
      : "border-line text-ink-2";
  return (
    <section
      aria-label="Intents and findings"
      data-consequences
      className="flex min-w-0 items-start gap-2.5 border-s border-line ps-5 max-md:border-s-0 max-md:ps-0"
    >
      <span className={`mt-0.5 rounded-chip border p-1.5 ${look}`}>
        <Icon of={icon} size={14} />
      </span>
      <div className="min-w-0 text-small">
        <p className="font-[600]">{titleOf(holding, intentCount, lines.length)}</p>
        {lines.slice(0, SHOWN).map(({ mark, text }) => (
          <p key={`${mark} ${text}`} title={text} className="max-w-72 truncate text-ink-2">
            <b className={`font-[550] ${mark === "breaks" ? "text-deny-text" : "text-ink"}`}>{mark}</b> {text}
          </p>
        ))}
        {lines.length > SHOWN ? <p className="text-ink-3">and {lines.length - SHOWN} more</p> : null}
      </div>
    </section>
  );
}

function titleOf(holding: number, intentCount: number, lineCount: number): string {
  if (intentCount === 0) return "Findings";
  const intents = `Intents ${holding} of ${intentCount} hold`;
  return lineCount === 0 ? `${intents}, no finding changes` : intents;
}
