import { expect, test } from "vitest";
import type { HostStatus } from "#store/node-status-store.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

/** A status as an agent writes it. */
export function sampleStatus(host: string, appliedRevision = 1): HostStatus {
  return {
    host,
    version: "0.1.0",
    appliedRevision,
    appliedAt: "2026-11-23T10:00:00.000Z",
    lagMs: 12,
    backend: "nft",
    inSync: true,
    rejected: [{ key: "/calico/v1/policy/profile/WEB/rules", reason: "not JSON" }],
    endpoints: { cali1: "up", cali2: "error" },
    startedAt: "2026-11-23T09:00:00.000Z",
  };
}

/** The statuses of the hosts' agents. */
export function describeStatuses(subject: () => StoreUnderTest): void {
  test("statuses are read back whole, sorted by host, replaced and removed", async () => {
    const { statuses } = subject().connect();
    expect(await statuses.readStatuses()).toEqual([]);
    await statuses.writeStatus(sampleStatus("h2"), 30);
    await statuses.writeStatus(sampleStatus("h1"), 30);
    expect(await statuses.readStatuses()).toEqual([sampleStatus("h1"), sampleStatus("h2")]);
    await statuses.writeStatus(sampleStatus("h2", 7), 30);
    await statuses.removeStatus("h1");
    expect(await statuses.readStatuses()).toEqual([sampleStatus("h2", 7)]);
    await statuses.removeStatus("never-there");
  });

  test("a watch of statuses begins with the present ones and tells each change", async () => {
    const { statuses } = subject().connect();
    await statuses.writeStatus(sampleStatus("h1"), 30);
    const abort = new AbortController();
    const lists = statuses.watchStatuses(abort.signal)[Symbol.asyncIterator]();
    expect((await lists.next()).value).toEqual([sampleStatus("h1")]);
    await statuses.writeStatus(sampleStatus("h1", 2), 30);
    expect((await lists.next()).value).toEqual([sampleStatus("h1", 2)]);
    await statuses.removeStatus("h1");
    expect((await lists.next()).value).toEqual([]);
    abort.abort();
    expect((await lists.next()).done).toBe(true);
  });

  test("what is no status is left out, and a status of another version is read as far as it goes", async () => {
    const { statuses } = subject().connect();
    await subject().put("/tortie/v1/host/h1/status", "nonsense");
    await subject().put("/tortie/v1/host/h2/other", "{}");
    await subject().put(
      "/tortie/v1/host/h3/status",
      '{"version":"9","inSync":"yes","rejected":[7],"endpoints":{"a":"up","b":4}}',
    );
    expect(await statuses.readStatuses()).toEqual([
      {
        host: "h3",
        version: "9",
        appliedRevision: 0,
        backend: "dry-run",
        inSync: false,
        rejected: [],
        endpoints: { a: "up" },
        startedAt: "",
      },
    ]);
  });
}
