import { expect, test } from "vitest";
import { applyEdit } from "#policy/edit/apply-edit.ts";
import { profileSidecarKey } from "#policy/layout/policy-key.ts";
import type { Profile } from "#policy/profile.ts";
import { createProfile, note, profileId } from "#store/testing/sample-changes.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

const WEB = profileId("WEB");
const KEY = profileSidecarKey(WEB);

/** Comments and parked rules: a key of their own, written in the transaction of the rules. */
export function describeSidecars(subject: () => StoreUnderTest): void {
  test("what is beside a profile is written with its rules, read back, told to who watches it, and not in the policy", async () => {
    const { store } = subject().connect();
    await createProfile(store, "WEB");
    const saved = await parkFirst(store);
    if (!saved.ok) throw new Error("the change was refused");
    const beside = await store.readSidecar(WEB);
    expect(beside).toMatchObject({ modRevision: saved.value.revision, sidecar: { kind: "valid" } });
    expect((await store.readProfile(WEB))?.version.rules).toBe(saved.value.revision);
    const { entries } = await store.readSnapshot();
    expect(entries.some(({ key }) => key === KEY)).toBe(false);
    const stop = new AbortController();
    for await (const event of store.watchSidecars(stop.signal)) {
      if (event.kind !== "snapshot") continue;
      expect(event.snapshot.entries.map(({ key }) => key)).toEqual([KEY]);
      break;
    }
    stop.abort();
  });

  test("a change of what is beside a profile is compared like the rest", async () => {
    const { store } = subject().connect();
    await createProfile(store, "WEB");
    await subject().put(KEY, '{"inbound":{"comments":[]}}');
    expect(await parkFirst(store, 0)).toEqual({ ok: false, error: { kind: "conflict", keys: [KEY] } });
  });

  test("an invalid value of others stays, and is replaced only as a whole", async () => {
    const { store } = subject().connect();
    await createProfile(store, "WEB");
    await subject().put(KEY, "nonsense");
    const { sidecar, modRevision } = await store.readSidecar(WEB);
    expect(sidecar).toMatchObject({ kind: "invalid", text: "nonsense" });
    expect((await parkFirst(store, modRevision)).ok).toBe(true);
    expect((await store.readSidecar(WEB)).sidecar.kind).toBe("valid");
  });

  test("it goes away when it is empty, and with its profile", async () => {
    const { store } = subject().connect();
    await createProfile(store, "WEB");
    for (const end of ["emptied", "removed"]) {
      await parkFirst(store);
      const [read, beside] = [await store.readProfile(WEB), await store.readSidecar(WEB)];
      if (read === undefined) throw new Error("the profile is gone");
      const empty = { comments: [], parked: [] };
      const after: Profile = {
        ...read.profile,
        sidecar: { kind: "valid", value: { inbound: empty, outbound: empty } },
      };
      const write = { kind: "profile", id: WEB, base: read.version, sidecarBase: beside.modRevision } as const;
      await store.commit({ writes: [end === "removed" ? write : { ...write, after }], journal: note() });
      expect(await store.readSidecar(WEB)).toEqual({ sidecar: { kind: "missing" }, modRevision: 0 });
    }
  });

  type Store = ReturnType<StoreUnderTest["connect"]>["store"];

  async function parkFirst(store: Store, sidecarBase?: number) {
    const read = await store.readProfile(WEB);
    if (read === undefined) throw new Error("the profile is gone");
    const parked = applyEdit(read.profile, { kind: "park-rule", direction: "outbound", at: 1 });
    const empty = { inbound: { comments: [], parked: [] }, outbound: { comments: [], parked: [] } };
    const commented: Profile = parked.ok
      ? parked.value
      : { ...read.profile, sidecar: { kind: "valid", value: { ...empty, extra: { note: 1 } } } };
    const base = sidecarBase ?? (await store.readSidecar(WEB)).modRevision;
    return store.commit({
      writes: [{ kind: "profile", id: WEB, base: read.version, after: commented, sidecarBase: base }],
      journal: note(),
    });
  }
}
