import { CircleHelp, ScanSearch } from "lucide-react";
import type { ReachQuestion } from "#analysis/question/reach/reach-question.ts";
import { Banner } from "#components/ui/banner.tsx";
import { buttonLook } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import type { Snapshot } from "#policy/snapshot.ts";

/** A question that has no answer: what is so, and what to do. */
export function Unanswered({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <Banner icon={CircleHelp} title={title}>
      {detail}
    </Banner>
  );
}

type StartHereProps = { readonly snapshot: Snapshot; readonly onAsk: (question: ReachQuestion) => void };

/** Before the first question: what can be asked, with examples that this policy can answer. */
export function StartHere({ snapshot, onAsk }: StartHereProps) {
  const ids = [...snapshot.profiles.keys()];
  const [first, second = first] = ids;
  if (first === undefined || second === undefined) {
    return (
      <div className="flex flex-col items-center gap-2 py-10 text-center">
        <h2 className="text-title">No profiles yet</h2>
        <p className="max-w-[420px] text-ink-2">
          Until an endpoint has a profile, it sends and receives nothing. Addresses can be asked about already; answers
          begin with the first profile.
        </p>
        <PageLink href="/profiles" className={`${buttonLook({ look: "secondary" })} mt-2`}>
          Go to the profiles
        </PageLink>
      </div>
    );
  }
  const examples: readonly (readonly [string, ReachQuestion])[] = [
    [`Can ${first} reach ${second}?`, { from: `profile:${first}`, to: `profile:${second}`, traffic: {} }],
    [
      `Can anywhere reach ${second} on tcp/443?`,
      { from: "world", to: `profile:${second}`, traffic: { protocol: "tcp", dst_ports: [443] } },
    ],
    [
      `Can ${first} reach anywhere with ping?`,
      { from: `profile:${first}`, to: "world", traffic: { protocol: "icmp", icmp_type: 8 } },
    ],
  ];
  return (
    <div className="flex flex-col items-center gap-3 py-8 text-center">
      <Icon of={ScanSearch} size={20} className="text-ink-3" />
      <p className="max-w-[460px] text-ink-2">
        Choose who sends and who receives, or press / and write it: can web reach app 7890. The answer says which rules
        decide on both sides, and what would change it.
      </p>
      <ul className="flex flex-wrap justify-center gap-2">
        {examples.map(([text, question]) => (
          <li key={text}>
            <button type="button" className={buttonLook({ look: "secondary" })} onClick={() => onAsk(question)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
