import { expect, test } from "vitest";
import { RevisionCompactedError, RevisionUnknownError } from "#store/policy-store.ts";
import { stateAtRevision } from "./state-at-revision.ts";

const entry = { key: "/calico/v1/policy/profile/WEB/tags", value: '["WEB"]', modRevision: 7 };
const answering = (answer: () => Promise<{ storeRevision: number; entries: readonly (typeof entry)[] }>) => ({
  readSnapshot: answer,
});
const failing = (error: Error) => answering(() => Promise.reject(error));

test("a revision the store has is answered with its entries", async () => {
  const store = answering(async () => ({ storeRevision: 7, entries: [entry] }));
  expect(await stateAtRevision(store, "7")).toEqual({ status: 200, body: { entries: [entry] } });
});

test.each([
  ["410", "compacted", new RevisionCompactedError("revision 7 was compacted")],
  ["404", "unknown-revision", new RevisionUnknownError("revision 7 lies ahead")],
])("a revision that is not there answers %s %s", async (status, kind, error) => {
  expect(await stateAtRevision(failing(error), "7")).toEqual({
    status: Number(status),
    body: { kind, detail: error.message },
  });
});

test.each(["0", "-1", "1e3", "x", "", "99999999999999999"])(
  "%j is no revision and the store is not asked",
  async (text) => {
    const store = failing(new Error("asked"));
    expect((await stateAtRevision(store, text)).status).toBe(400);
  },
);

test("anything else the store throws is thrown on", async () => {
  await expect(stateAtRevision(failing(new Error("broken")), "7")).rejects.toThrow("broken");
});
