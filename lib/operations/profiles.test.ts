import { beforeEach, describe, expect, it } from "vitest";
import { addEndpoint } from "#operations/add-endpoint.ts";
import { assignProfiles } from "#operations/assign-profiles.ts";
import { createProfile } from "#operations/create-profile.ts";
import { listNodes } from "#operations/list-nodes.ts";
import { listProfiles } from "#operations/list-profiles.ts";
import { removeEndpoint } from "#operations/remove-endpoint.ts";
import { removeProfile } from "#operations/remove-profile.ts";
import { type MemoryDeps, memoryDeps } from "#operations/testing/memory-deps.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";

const author = { who: "ada" };
const id = (text: string): ProfileId => {
  const parsed = parseProfileId(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
};
const key = (host: string, endpoint: string) => ({ host, orchestrator: "manual", workload: endpoint, endpoint });
const value = (...profiles: string[]) => ({
  state: "active",
  name: "cali0",
  profile_ids: profiles,
  ipv4_nets: ["10.0.0.1/32"],
  ipv6_nets: [],
});

describe("profiles and endpoints", () => {
  let deps: MemoryDeps;
  beforeEach(async () => {
    deps = memoryDeps();
    await createProfile(deps, author, { profileId: id("WEB") });
    await createProfile(deps, author, { profileId: id("APP") });
  });

  it("creates a profile once; the second time nothing changes", async () => {
    const before = await deps.revision();
    expect(await createProfile(deps, author, { profileId: id("WEB") })).toMatchObject({
      ok: true,
      value: { kind: "already-exists" },
    });
    expect(await deps.revision()).toBe(before);
  });

  it("recognises a profile that the same request created", async () => {
    const first = await createProfile(deps, author, { profileId: id("NEW"), requestId: "r" });
    expect(first).toMatchObject({ ok: true, value: { kind: "created" } });
    expect(await createProfile(deps, author, { profileId: id("NEW"), requestId: "r" })).toEqual(first);
  });

  it("removes a profile, unless an endpoint names it", async () => {
    await addEndpoint(deps, author, { key: key("h1", "w"), value: value("WEB") });
    expect(await removeProfile(deps, author, { profileId: id("WEB") })).toEqual({
      ok: false,
      error: { kind: "in-use", endpoints: ["h1/manual/w/w"] },
    });
    expect(await removeProfile(deps, author, { profileId: id("APP") })).toMatchObject({ ok: true });
    expect(await removeProfile(deps, author, { profileId: id("WEB"), evenInUse: true })).toMatchObject({ ok: true });
    expect(await listProfiles(deps)).toEqual([]);
    expect(await removeProfile(deps, author, { profileId: id("WEB") })).toMatchObject({
      ok: false,
      error: { kind: "not-found" },
    });
  });

  it("lists profiles with the endpoints that name them", async () => {
    await addEndpoint(deps, author, { key: key("h1", "w"), value: value("WEB") });
    const listed = await listProfiles(deps);
    expect(listed.map(({ profile, members }) => [profile.id, members.map((member) => member.key.endpoint)])).toEqual([
      ["APP", []],
      ["WEB", ["w"]],
    ]);
  });

  it("assigns profiles in the order of evaluation", async () => {
    await addEndpoint(deps, author, { key: key("h1", "w"), value: value("WEB") });
    const append = await assignProfiles(deps, author, { name: "w", how: "append", profileIds: [id("APP")] });
    expect(append).toMatchObject({ ok: true, value: { profileIds: ["WEB", "APP"] } });
    const set = await assignProfiles(deps, author, { name: "w", how: "set", profileIds: [id("APP"), id("WEB")] });
    expect(set).toMatchObject({ ok: true, value: { profileIds: ["APP", "WEB"] } });
    const remove = await assignProfiles(deps, author, { name: "w", how: "remove", profileIds: [id("APP")] });
    expect(remove).toMatchObject({ ok: true, value: { profileIds: ["WEB"] } });
  });

  it("keeps the fields of others when the list changes, and replaces the old profile_id", async () => {
    const stored = { ...value(), profile_id: "WEB", profile_ids: undefined, ours: { x: 1 }, labels: { a: "b" } };
    const text = JSON.stringify(stored);
    const put = { key: "/calico/v1/host/h1/workload/docker/c1/endpoint/e1", text };
    deps.memory.kv.transact({ compares: [], puts: [put], deletes: [] });
    await assignProfiles(deps, author, { name: "e1", how: "append", profileIds: [id("APP")] });
    const after = JSON.parse(deps.memory.kv.read(put.key)?.text ?? "");
    expect(after).toEqual({ ...value("WEB", "APP"), ours: { x: 1 }, labels: { a: "b" } });
  });

  it.each([
    ["append", ["GONE"], { kind: "profiles-unknown", profileIds: ["GONE"] }],
    ["set", ["WEB", "GONE"], { kind: "profiles-unknown", profileIds: ["GONE"] }],
    ["set", ["APP", "APP"], { kind: "profiles-repeated", profileIds: ["APP"] }],
    ["remove", ["APP"], { kind: "profiles-not-listed", profileIds: ["APP"] }],
  ] as const)("refuses to %s %j", async (how, profileIds, error) => {
    await addEndpoint(deps, author, { key: key("h1", "w"), value: value("WEB") });
    const before = await deps.revision();
    const request = { name: "w", how, profileIds: profileIds.map(id) };
    expect(await assignProfiles(deps, author, request)).toEqual({ ok: false, error });
    expect(await deps.revision()).toBe(before);
  });

  it("may remove a profile that no longer exists from a list", async () => {
    await addEndpoint(deps, author, { key: key("h1", "w"), value: value("WEB", "GONE") });
    const removed = await assignProfiles(deps, author, { name: "w", how: "remove", profileIds: [id("GONE")] });
    expect(removed).toMatchObject({ ok: true, value: { profileIds: ["WEB"] } });
  });

  it("appending what is listed changes nothing and says so", async () => {
    await addEndpoint(deps, author, { key: key("h1", "w"), value: value("WEB") });
    const before = await deps.revision();
    const again = await assignProfiles(deps, author, { name: "w", how: "append", profileIds: [id("WEB")] });
    expect(again).toMatchObject({ ok: true, value: { alreadyListed: ["WEB"], profileIds: ["WEB"] } });
    expect(await deps.revision()).toBe(before);
  });

  it("answers conflict when the list is not the one the person saw", async () => {
    await addEndpoint(deps, author, { key: key("h1", "w"), value: value("WEB") });
    const request = { name: "w", how: "set", profileIds: [id("APP")], expected: [] } as const;
    expect(await assignProfiles(deps, author, request)).toMatchObject({ ok: false, error: { kind: "conflict" } });
  });

  it("is held to the profile's existence: a profile removed at that very moment is not assigned", async () => {
    await addEndpoint(deps, author, { key: key("h1", "w"), value: value("WEB") });
    let isFirst = true;
    const racing: MemoryDeps = {
      ...deps,
      store: {
        ...deps.store,
        commit: async (change) => {
          if (isFirst) {
            isFirst = false;
            await removeProfile(deps, author, { profileId: id("APP") });
          }
          return deps.store.commit(change);
        },
      },
    };
    expect(await assignProfiles(racing, author, { name: "w", how: "append", profileIds: [id("APP")] })).toEqual({
      ok: false,
      error: { kind: "profiles-unknown", profileIds: ["APP"] },
    });
  });

  it("tells namesakes apart by the four parts of their key", async () => {
    await addEndpoint(deps, author, { key: key("h1", "w"), value: value() });
    await addEndpoint(deps, author, { key: key("h2", "w"), value: value() });
    expect(await removeEndpoint(deps, author, { name: "w" })).toEqual({
      ok: false,
      error: { kind: "endpoint-ambiguous", name: "w", keys: ["h1/manual/w/w", "h2/manual/w/w"] },
    });
    expect(await removeEndpoint(deps, author, { name: "h2/manual/w/w" })).toMatchObject({ ok: true });
    expect(await removeEndpoint(deps, author, { name: "w" })).toMatchObject({ ok: true });
    expect(await removeEndpoint(deps, author, { name: "w" })).toMatchObject({
      ok: false,
      error: { kind: "endpoint-not-found" },
    });
  });

  it("does not touch an endpoint that exists, and names the profiles that do not", async () => {
    expect(await addEndpoint(deps, author, { key: key("h1", "w"), value: value("GONE", "WEB") })).toMatchObject({
      ok: true,
      value: { missingProfiles: ["GONE"] },
    });
    expect(await addEndpoint(deps, author, { key: key("h1", "w"), value: value() })).toEqual({
      ok: false,
      error: { kind: "endpoint-exists", key: "h1/manual/w/w" },
    });
  });

  it.each([
    ["a slash in a name", { ...key("h1", "w"), host: "a/b" }, value()],
    ["an interface name that Linux refuses", key("h1", "w"), { ...value(), name: "cali.with.dots" }],
    ["a MAC that is none", key("h1", "w"), { ...value(), mac: "zz" }],
    ["a block of addresses", key("h1", "w"), { ...value(), ipv4_nets: ["10.0.0.0/24"] }],
    ["a profile named twice", key("h1", "w"), value("WEB", "WEB")],
  ])("refuses an endpoint with %s", async (_, endpointKey, endpointValue) => {
    const before = await deps.revision();
    const added = await addEndpoint(deps, author, { key: endpointKey, value: endpointValue });
    expect(added).toMatchObject({ ok: false, error: { kind: "endpoint-invalid" } });
    expect(await deps.revision()).toBe(before);
  });

  it("knows a node by its endpoints, its address or its agent", async () => {
    await addEndpoint(deps, author, { key: key("h2", "w"), value: value() });
    const put = { key: "/calico/v1/host/h1/bird_ip", text: "172.16.0.1" };
    deps.memory.kv.transact({ compares: [], puts: [put], deletes: [] });
    const nodes = await listNodes(deps);
    expect(nodes.map(({ host, ip, endpointCount }) => ({ host, ip, endpointCount }))).toEqual([
      { host: "h1", ip: "172.16.0.1", endpointCount: 0 },
      { host: "h2", ip: undefined, endpointCount: 1 },
    ]);
  });
});
