import { afterEach, expect, it, vi } from "vitest";
import { policyStateFrom, readPolicyState } from "./policy-state.ts";

afterEach(() => vi.unstubAllGlobals());

it("a large policy, parsed in pieces, is the same state as parsed at once", async () => {
  const entries = Array.from({ length: 400 }, (_, index) => [
    { key: `/calico/v1/policy/profile/P${index}/tags`, value: `["T${index}"]`, modRevision: 2 * index + 1 },
    {
      key: `/calico/v1/policy/profile/P${index}/rules`,
      value: JSON.stringify({ inbound_rules: [{ action: "allow", src_tag: `T${index}` }], outbound_rules: [] }),
      modRevision: 2 * index + 2,
    },
  ]).flat();
  const payload = { kind: "full", cursor: "a.1", storeRevision: 900, entries } as const;
  vi.stubGlobal("fetch", async () => Response.json(payload));
  const read = await readPolicyState(undefined, new AbortController().signal);
  const whole = policyStateFrom(payload);
  expect([...read.snapshot.profiles]).toEqual([...whole.snapshot.profiles]);
  expect([...read.versions]).toEqual([...whole.versions]);
  expect(read.snapshot.revision).toBe(800);
  expect(read.storeRevision).toBe(900);
});
