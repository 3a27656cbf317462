import { History } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { GraphDial } from "./use-graph-dial.ts";
import type { GraphProblem } from "./worker/graph-messages.ts";

type GraphProblemProps = { readonly problem: GraphProblem; readonly dial: GraphDial };

/** There is no picture, and why; the way on is the same view of what is stored now. */
export function GraphProblemNote({ problem, dial }: GraphProblemProps) {
  const [title, detail] = wordsFor(problem);
  return (
    <div role="alert" className="flex grow flex-col items-center justify-center gap-2 bg-sunken p-6 text-center">
      <Icon of={History} size={20} className="text-amber-text" />
      <h2 className="text-title">{title}</h2>
      <p className="max-w-[440px] text-ink-2">{detail}</p>
      <Button
        className="mt-2"
        onClick={() =>
          dial.turn({ rev: undefined, vs: undefined, ...(dial.request.vs === undefined ? {} : { show: "allowed" }) })
        }
      >
        Show the same view live
      </Button>
    </div>
  );
}

function wordsFor(problem: GraphProblem): readonly [string, string] {
  switch (problem.kind) {
    case "compacted":
      return [
        `Rev ${problem.revision} is no longer kept`,
        "etcd has compacted it, so what was stored then cannot be read any more. The query and the selection of this link still apply to what is stored now.",
      ];
    case "unknown-revision":
      return [
        `There is no rev ${problem.revision} yet`,
        "The store has not come that far. The link may be of another cluster, or etcd was restored from a backup.",
      ];
    case "unreadable":
      return [`Rev ${problem.revision} could not be read`, problem.detail];
    case "broken":
      return ["The picture could not be worked out", problem.detail];
  }
}
