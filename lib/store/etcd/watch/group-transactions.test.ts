import { expect, test } from "vitest";
import { transactionGrouper } from "#store/etcd/watch/group-transactions.ts";

function message(revisions: readonly number[], fragment = false) {
  const events = revisions.map((revision, index) => ({
    type: "Put" as const,
    kv: {
      key: Buffer.from(`/k${index}`),
      value: Buffer.from("v"),
      mod_revision: String(revision),
      create_revision: "1",
      version: "1",
      lease: "0",
    },
    prev_kv: undefined as never,
  }));
  return { events, fragment };
}

const revisionsOf = (transactions: readonly (readonly { readonly modRevision: number }[])[]) =>
  transactions.map((changes) => changes.map(({ modRevision }) => modRevision));

test("events of one revision come together, each revision for itself", () => {
  expect(revisionsOf(transactionGrouper().add(message([2, 2, 3, 5, 5])))).toEqual([[2, 2], [3], [5, 5]]);
});

test("a message without events completes nothing", () => {
  expect(transactionGrouper().add(message([]))).toEqual([]);
});

test("a transaction that is cut across messages is told when its last piece came", () => {
  const grouper = transactionGrouper();
  expect(revisionsOf(grouper.add(message([2, 3, 3], true)))).toEqual([[2]]);
  expect(revisionsOf(grouper.add(message([3, 3], true)))).toEqual([]);
  expect(revisionsOf(grouper.add(message([3, 4])))).toEqual([[3, 3, 3, 3, 3], [4]]);
});

test("a cut between two transactions holds the first back only until the next piece", () => {
  const grouper = transactionGrouper();
  expect(revisionsOf(grouper.add(message([2], true)))).toEqual([]);
  expect(revisionsOf(grouper.add(message([3])))).toEqual([[2], [3]]);
});
