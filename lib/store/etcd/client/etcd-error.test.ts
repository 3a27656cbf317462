import { expect, test } from "vitest";
import { classifyEtcdError } from "#store/etcd/client/etcd-error.ts";

test.each([
  ["11 OUT_OF_RANGE: etcdserver: mvcc: required revision has been compacted", "compacted"],
  ["11 OUT_OF_RANGE: etcdserver: mvcc: required revision is a future revision", "future-revision"],
  ["3 INVALID_ARGUMENT: etcdserver: request is too large", "request-too-large"],
  ["8 RESOURCE_EXHAUSTED: grpc: received message larger than max (9000000 vs. 2097152)", "request-too-large"],
  ["8 RESOURCE_EXHAUSTED: Received message larger than max (5310000 vs 4194304)", "answer-too-large"],
  ["3 INVALID_ARGUMENT: etcdserver: too many operations in txn request", "too-many-operations"],
  ["5 NOT_FOUND: etcdserver: requested lease not found", "lease-lost"],
  ["7 PERMISSION_DENIED: etcdserver: permission denied", "denied"],
  ["3 INVALID_ARGUMENT: etcdserver: authentication failed, invalid user ID or password", "denied"],
  ["16 UNAUTHENTICATED: etcdserver: invalid auth token", "stale-token"],
  ["3 INVALID_ARGUMENT: etcdserver: revision of auth store is old", "stale-token"],
  ["8 RESOURCE_EXHAUSTED: etcdserver: mvcc: database space exceeded", "no-space"],
  ["14 UNAVAILABLE: etcdserver: leader changed", "unreachable"],
  ["14 UNAVAILABLE: etcdserver: request timed out, possibly due to previous leader failure", "unreachable"],
  ["4 DEADLINE_EXCEEDED: Deadline exceeded", "unreachable"],
  ["something nobody has seen", "unreachable"],
])("%j means %s", (message, kind) => {
  expect(classifyEtcdError(new Error(message))).toBe(kind);
});
