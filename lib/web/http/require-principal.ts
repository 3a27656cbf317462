import "server-only";
import { headers } from "next/headers";
import type { Author } from "#operations/deps.ts";
import { judgeRequest } from "./judge-request.ts";

/** A request that must not be served; Next answers 500 and logs it. proxy.ts refuses such requests before. */
export class NotPermittedError extends Error {
  override readonly name = "NotPermittedError";
}

/** Who asks. Until sign-in exists that is anyone on this machine, and the journal says `board` (I9). */
export async function requirePrincipal(): Promise<Author> {
  const refusal = judgeRequest({ method: "GET", headers: await headers() });
  if (refusal && refusal.kind !== "too-large") throw new NotPermittedError(refusal.kind);
  return { who: "board" };
}
