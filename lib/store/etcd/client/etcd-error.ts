import { RevisionCompactedError, RevisionUnknownError, StorePermissionError } from "#store/policy-store.ts";

/**
 * What an error of etcd3 means for us. etcd3 types few of etcd's errors and drops gRPC codes, so the text decides.
 * Everything that is not a known refusal is `unreachable`: the call may or may not have taken effect.
 */
export type EtcdErrorKind =
  | "compacted"
  | "future-revision"
  | "request-too-large"
  | "answer-too-large"
  | "too-many-operations"
  | "lease-lost"
  | "denied"
  | "stale-token"
  | "no-space"
  | "unreachable";

const REFUSALS: readonly (readonly [RegExp, EtcdErrorKind])[] = [
  [/required revision has been compacted/, "compacted"],
  [/required revision is a future revision/, "future-revision"],
  // The server's words end in "vs. N", those of our own receiving end in "vs N".
  [/request is too large|received message larger than max \(\d+ vs\. /, "request-too-large"],
  [/Received message larger than max/, "answer-too-large"],
  [/too many operations in txn request/, "too-many-operations"],
  [/requested lease not found/, "lease-lost"],
  [/permission denied|authentication failed|authentication is not enabled|user name not found/, "denied"],
  // After any change of users or roles etcd refuses older tokens; etcd3 renews only for "invalid auth token".
  [/invalid auth token|revision in header is old|revision of auth store is old|user name is empty/, "stale-token"],
  [/database space exceeded/, "no-space"],
];

/** Sorts an error thrown by etcd3 or gRPC. */
export function classifyEtcdError(error: unknown): EtcdErrorKind {
  const text = errorText(error);
  return REFUSALS.find(([pattern]) => pattern.test(text))?.[1] ?? "unreachable";
}

/** The port's typed error for a refusal that has one, else the error itself. */
export function toStoreError(error: unknown): unknown {
  switch (classifyEtcdError(error)) {
    case "compacted":
      return new RevisionCompactedError(errorText(error), { cause: error });
    case "future-revision":
      return new RevisionUnknownError(errorText(error), { cause: error });
    case "denied":
    case "stale-token":
      return new StorePermissionError(errorText(error), { cause: error });
    default:
      return error;
  }
}

/** What the error says, in one line, without what gRPC wraps around it. */
export function errorText(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, " ").trim();
  const refused = /No connection established\. Last error: (.+?) ?\(\d{4}-\d\d-/.exec(text)?.[1];
  return refused ?? text.replace(/^\d+ [A-Z_]+: /, "");
}
