import { startTransition, useEffect, useMemo, useState } from "react";
import { profileView } from "#components/drafts/draft.ts";
import { seenProfile } from "#components/drafts/seen-profile.ts";
import { useDrafts } from "#components/drafts/use-draft.ts";
import type { PolicyState } from "#web/queries/policy-state.ts";
import type { GraphRequest } from "./model/graph-request.ts";
import { askGraph, sendPolicy, startDesk } from "./worker/ask-graph.ts";
import type { GraphAnswer, GraphProblem, GraphQuestion } from "./worker/graph-messages.ts";

/** A view as the worker answered it; the one before stays on screen while the next is worked out. */
export type ShownView = Extract<GraphAnswer, { readonly kind: "view" }> & { readonly request: GraphRequest };
export type GraphState =
  | { readonly kind: "working" }
  | { readonly kind: "shown"; readonly shown: ShownView; readonly isStale: boolean; readonly stamp: object }
  | { readonly kind: "problem"; readonly problem: GraphProblem };

// The page's code is there before its policy is: the worker loads its own meanwhile.
if (typeof window !== "undefined") startDesk();

/** Sends the policy to the desk when it changes, and asks for the view that the address holds. */
export function useGraphState(state: PolicyState | undefined, request: GraphRequest): GraphState {
  const drafts = useDrafts();
  const policy = useMemo(() => {
    if (state === undefined) return undefined;
    const drafted = [...drafts].flatMap(([id, draft]) => profileView(seenProfile(state, id), draft)?.profile ?? []);
    return { snapshot: state.snapshot, storeRevision: state.storeRevision, drafted };
  }, [state, drafts]);
  const [answered, setAnswered] = useState<{
    readonly policy: object;
    readonly request: GraphRequest;
    readonly answer: GraphAnswer;
  }>();
  useEffect(() => {
    if (policy !== undefined) void sendPolicy(policy);
  }, [policy]);
  useEffect(() => {
    if (policy === undefined) return undefined;
    let isWanted = true;
    const take = (answer: GraphAnswer) => {
      // In a transition a large picture is made in slices; what is typed or pressed meanwhile goes first.
      if (isWanted && answer.kind !== "no-outline") startTransition(() => setAnswered({ policy, request, answer }));
    };
    void askGraph({ kind: "outline", request }).then(take);
    void askGraph({ kind: "view", request }).then(take);
    return () => {
      isWanted = false;
    };
  }, [policy, request]);
  if (answered === undefined || policy === undefined) return { kind: "working" };
  const { answer } = answered;
  if (answer.kind === "problem") return { kind: "problem", problem: answer.problem };
  if (answer.kind !== "view") return { kind: "working" };
  const isStale = answered.request !== request || answered.policy !== policy || !answer.view.isCounted;
  return { kind: "shown", shown: { ...answer, request: answered.request }, isStale, stamp: answered };
}

/** The desk's answer to a question about the view on screen; asked again when that changes. */
export function useGraphAnswer<K extends GraphAnswer["kind"]>(
  kind: K,
  question: GraphQuestion,
  stamp: object,
): Extract<GraphAnswer, { readonly kind: K }> | undefined {
  const [answer, setAnswer] = useState<GraphAnswer>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same question has another answer when the policy changed.
  useEffect(() => {
    let isWanted = true;
    void askGraph(question).then((next) => {
      if (isWanted) setAnswer(next);
    });
    return () => {
      isWanted = false;
    };
  }, [question, stamp]);
  return answer?.kind === kind ? (answer as Extract<GraphAnswer, { readonly kind: K }>) : undefined;
}
