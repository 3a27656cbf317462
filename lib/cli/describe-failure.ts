import { type ExitCode, exitCode } from "#cli/exit-code.ts";
import { InputRefusedError } from "#cli/input/input-refused-error.ts";
import {
  RevisionCompactedError,
  RevisionUnknownError,
  StorePermissionError,
  StoreUnavailableError,
} from "#store/policy-store.ts";

type Failure = { readonly kind: string; readonly message: string; readonly exitCode: ExitCode };

/** The exit code and the words for an error that is no bug of ours; `undefined` for every other. */
export function describeFailure(error: unknown): Failure | undefined {
  if (error instanceof InputRefusedError) {
    const isUsage = error.kind === "bad-environment";
    return { kind: error.kind, message: error.message, exitCode: isUsage ? exitCode.usage : exitCode.refused };
  }
  if (error instanceof RevisionCompactedError) {
    return {
      kind: "revision-compacted",
      message: `That revision is compacted: ${error.message}`,
      exitCode: exitCode.refused,
    };
  }
  if (error instanceof RevisionUnknownError) {
    return {
      kind: "revision-unknown",
      message: `There is no such revision yet: ${error.message}`,
      exitCode: exitCode.refused,
    };
  }
  if (error instanceof StorePermissionError) {
    return {
      kind: "not-permitted",
      message: `Not permitted by etcd: ${error.message}`,
      exitCode: exitCode.notPermitted,
    };
  }
  if (error instanceof StoreUnavailableError) {
    return {
      kind: "etcd-unreachable",
      message: `Error accessing etcd: ${error.message.trim()} Is etcd running, and does ETCD_ENDPOINTS name it?`,
      exitCode: exitCode.unreachable,
    };
  }
  return undefined;
}
