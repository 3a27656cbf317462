import { useQueryClient } from "@tanstack/react-query";
import { Unplug } from "lucide-react";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { policyStateKey } from "#web/queries/policy-state.ts";
import { usePolicy } from "./policy-provider.tsx";
import { formatAge, useAge } from "./use-age.ts";

/** Since when nothing is heard, what is seen meanwhile, and a way to ask again. */
export function Away({ who, since }: { readonly who: string; readonly since: number }) {
  const client = useQueryClient();
  const policy = usePolicy();
  const age = useAge(since);
  const time = new Date(since).toLocaleTimeString([], { hour12: false });
  return (
    <Banner
      icon={Unplug}
      title={`Read only: ${who} has not answered for ${formatAge(age)}`}
      action={
        <Button size="small" onClick={() => void client.refetchQueries({ queryKey: policyStateKey })}>
          Retry now
        </Button>
      }
    >
      {policy.kind === "known"
        ? `You see rev ${policy.state.snapshot.revision} as of ${time}. Nodes keep enforcing it. Drafts are safe here.`
        : "Nothing has been read yet. Nodes keep enforcing what they have."}
    </Banner>
  );
}
