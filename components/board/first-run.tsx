"use client";

import { useMutation } from "@tanstack/react-query";
import { FileJson2, KeyRound, type LucideIcon, Plus, Sparkles } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { acknowledged } from "#components/intents/acknowledged.ts";
import { Coat } from "#components/marks/coat.tsx";
import { describeRefusal } from "#components/refusal/describe-refusal.ts";
import { usePageKeys } from "#components/shell/use-page-keys.ts";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { loadExampleAction } from "#web/actions/load-example.ts";

type FirstRunProps = { readonly canSave: boolean; readonly onCreate: () => void };

/** No profile yet: one sentence, and three ways in. */
export function FirstRun({ canSave, onCreate }: FirstRunProps) {
  const example = useLoadExample();
  usePageKeys(canSave ? { x: example.load } : {});
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div className="flex min-h-0 grow flex-col items-center justify-center overflow-y-auto p-6 text-center">
      <JoinedCoats />
      <h2 className="mt-8 text-display">No profiles yet</h2>
      <p className="mt-2 max-w-md text-heading font-[400] leading-5 tracking-normal text-ink-2">
        A profile says who may send to a group of endpoints, and where they may send. Until an endpoint has one, it
        sends and receives nothing.
      </p>
      <div className="mt-7 grid w-full max-w-[720px] grid-cols-3 gap-3 max-sm:grid-cols-1">
        <button ref={first} type="button" disabled={!canSave} onClick={onCreate} className={WAY}>
          <Way icon={Plus} letter="N" title="Create a profile">
            Start closed, or open to its own tag
          </Way>
        </button>
        <PageLink href="/import" className={WAY}>
          <Way icon={FileJson2} letter="I" title="Import JSON">
            calicoctl rule files work as they are
          </Way>
        </PageLink>
        <button type="button" disabled={!canSave || example.isLoading} onClick={example.load} className={WAY}>
          <Way icon={Sparkles} letter="X" title="Load WEB and APP">
            {example.isLoading ? "Creating both…" : "The worked example: two profiles, one key"}
          </Way>
        </button>
      </div>
    </div>
  );
}

const WAY =
  "flex flex-col rounded-card border border-line-strong bg-raised p-4 text-start shadow-1 transition-shadow duration-press hover:bg-hover focus-visible:focus-card disabled:cursor-not-allowed disabled:opacity-60";

type WayProps = {
  readonly icon: LucideIcon;
  readonly letter: string;
  readonly title: string;
  readonly children: ReactNode;
};

function Way({ icon, letter, title, children }: WayProps) {
  return (
    <>
      <span className="flex items-start justify-between">
        <span className="flex size-8 items-center justify-center rounded-control bg-tag-fill text-amber-text">
          <Icon of={icon} />
        </span>
        <KeyCap>{letter}</KeyCap>
      </span>
      <span className="mt-4 font-[600]">{title}</span>
      <span className="mt-0.5 text-small text-ink-2">{children}</span>
    </>
  );
}

/** Two coats joined by two keys. */
function JoinedCoats() {
  return (
    <div aria-hidden="true" className="relative flex w-60 items-center justify-between">
      <svg viewBox="0 0 240 80" aria-hidden="true" className="absolute inset-0 h-full w-full" fill="none">
        <path
          d="M60 40C88 40 84 10 120 10s32 30 60 30M60 40c28 0 24 30 60 30s32-30 60-30"
          className="stroke-control-line"
          strokeWidth="1.5"
          strokeDasharray="3 4"
        />
      </svg>
      <Coat name="WEB" size={60} />
      <span className="relative flex h-20 flex-col justify-between">
        <JoiningKey />
        <JoiningKey />
      </span>
      <Coat name="APP" size={60} />
    </div>
  );
}

function JoiningKey() {
  return (
    <span className="flex h-6 w-11 items-center justify-center rounded-chip border border-line-strong bg-tag-fill text-amber-text">
      <Icon of={KeyRound} size={14} />
    </span>
  );
}

type LoadExample = { readonly load: () => void; readonly isLoading: boolean };

/** Creates the worked example. */
function useLoadExample(): LoadExample {
  const say = useToast();
  const { mutate, isPending } = useMutation({
    mutationFn: () => acknowledged((acknowledgedIntents) => loadExampleAction({ acknowledgedIntents })),
    onSuccess(answer) {
      if (answer.ok)
        return say({ title: "WEB and APP created", detail: "WEB holds the key APP_7890 that APP admits." });
      return say({ tone: "refused", title: "The example was not loaded", detail: describeRefusal(answer.error) });
    },
    onError: () => say({ tone: "refused", title: "The example was not loaded", detail: "The board did not answer." }),
  });
  return { load: mutate, isLoading: isPending };
}
