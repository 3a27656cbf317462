import { expect, test } from "vitest";
import { RevisionCompactedError, RevisionUnknownError } from "#store/policy-store.ts";
import { addTag, createProfile } from "#store/testing/sample-changes.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

/** Snapshots now and at older revisions. */
export function describeSnapshots(subject: () => StoreUnderTest): void {
  const open = () => subject().connect().store;

  test("an empty store is a snapshot without entries", async () => {
    expect((await open().readSnapshot()).entries).toEqual([]);
  });

  test("a snapshot holds every key under /calico/v1/, sorted, and nothing else", async () => {
    const store = open();
    await createProfile(store, "WEB");
    await subject().put("/calico/v1/Ready", "true");
    await subject().put("/calico/v1/ipam/v4/pool/10.0.0.0-8", "{}");
    await subject().put("/calico/v10/not-ours", "x");
    await subject().put("/calico/felix/v1/host/h1/status", "x");
    const { entries, storeRevision } = await store.readSnapshot();
    expect(entries.map(({ key }) => key)).toEqual([
      "/calico/v1/Ready",
      "/calico/v1/ipam/v4/pool/10.0.0.0-8",
      "/calico/v1/policy/profile/WEB/rules",
      "/calico/v1/policy/profile/WEB/tags",
    ]);
    expect(storeRevision).toBeGreaterThanOrEqual(Math.max(...entries.map(({ modRevision }) => modRevision)));
  });

  test("a snapshot at an older revision shows what was there then", async () => {
    const store = open();
    const revision = await createProfile(store, "WEB");
    await addTag(store, "WEB", "A");
    await createProfile(store, "APP");
    const { entries, storeRevision } = await store.readSnapshot({ atRevision: revision });
    expect(storeRevision).toBe(revision);
    expect(entries.map(({ key, value }) => [key, value])).toEqual([
      ["/calico/v1/policy/profile/WEB/rules", expect.stringContaining("inbound_rules")],
      ["/calico/v1/policy/profile/WEB/tags", '["WEB"]'],
    ]);
  });

  test("a revision that was compacted away is said to be so", async () => {
    const store = open();
    const revision = await createProfile(store, "WEB");
    await addTag(store, "WEB", "A");
    await subject().compact();
    await expect(store.readSnapshot({ atRevision: revision })).rejects.toThrow(RevisionCompactedError);
    expect((await store.readSnapshot()).entries).toHaveLength(2);
  });

  test("a revision that does not exist yet is said to be so", async () => {
    await expect(open().readSnapshot({ atRevision: 1_000_000_000 })).rejects.toThrow(RevisionUnknownError);
  });
}
