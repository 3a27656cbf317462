import { beforeEach, describe, expect, it } from "vitest";
import { createProfile } from "#operations/create-profile.ts";
import { editProfile } from "#operations/edit-profile.ts";
import { editProfiles } from "#operations/edit-profiles.ts";
import { type MemoryDeps, memoryDeps } from "#operations/testing/memory-deps.ts";
import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import { parseRule } from "#policy/grammar/parse-rule.ts";
import { type ProfileId, parseProfileId } from "#policy/profile-id.ts";
import type { Rule } from "#policy/rule.ts";
import { commentsOf } from "#policy/sidecar/sidecar.ts";
import { parseTag } from "#policy/tag.ts";
import type { Result } from "#prelude/result.ts";
import { StorePermissionError, StoreUnavailableError } from "#store/policy-store.ts";

const author = { who: "ada", note: "ticket 7" };
const web = value(parseProfileId("WEB"));
const app = value(parseProfileId("APP"));

function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const rule = (words: string): Rule => value(parseRule(words));
const insert = (words: string): ProfileEdit => ({ kind: "insert-rule", direction: "inbound", rule: rule(words) });
const addTag = (tag: string): ProfileEdit => ({ kind: "add-tag", tag: value(parseTag(tag)) });

describe("editProfile", () => {
  let deps: MemoryDeps;
  beforeEach(async () => {
    deps = memoryDeps();
    value(await createProfile(deps, author, { profileId: web }));
  });

  async function inbound(id: ProfileId): Promise<readonly Rule[]> {
    const read = await deps.store.readProfile(id);
    if (read?.profile.rules.kind !== "valid") throw new Error("no rules");
    return read.profile.rules.value.inbound;
  }

  it("applies several edits in one transaction", async () => {
    const before = await deps.revision();
    const edited = value(
      await editProfile(deps, author, { profileId: web, edits: [insert("allow udp"), addTag("DNS")] }),
    );
    expect(edited.revision).toBe(before + 1);
    expect(edited.profile.tags).toEqual({ kind: "valid", value: ["WEB", "DNS"] });
    expect(await inbound(web)).toEqual([{ action: "allow", src_tag: "WEB" }, rule("allow udp")]);
  });

  it("writes nothing when one edit of several is refused, and says which", async () => {
    const before = await deps.revision();
    const edits: ProfileEdit[] = [insert("allow udp"), { kind: "remove-rule", direction: "inbound", at: 9 }];
    expect(await editProfile(deps, author, { profileId: web, edits })).toMatchObject({
      ok: false,
      error: { kind: "edit-refused", index: 1, error: { kind: "position-out-of-range", position: 9 } },
    });
    expect(await deps.revision()).toBe(before);
  });

  it("P61 what others wrote beside the rules meanwhile is no conflict, and both are kept", async () => {
    value(await editProfile(deps, author, { profileId: web, edits: [insert("allow udp")] }));
    const base = (await deps.store.readProfile(web))?.version;
    const comment = (at: number, text: string): ProfileEdit => ({
      kind: "comment-rule",
      direction: "inbound",
      at,
      text,
    });
    value(await editProfile(deps, author, { profileId: web, edits: [comment(1, "theirs")] }));
    if (base === undefined) throw new Error("the profile is gone");
    value(await editProfile(deps, author, { profileId: web, base, edits: [comment(2, "mine")] }));
    const { sidecar } = await deps.store.readSidecar(web);
    const said = sidecar.kind === "valid" ? commentsOf(await inbound(web), sidecar.value.inbound) : [];
    expect(said).toEqual(["theirs", "mine"]);
    expect((await deps.store.readProfile(web))?.version).toEqual(base);
  });

  it("answers not-found for a profile that does not exist", async () => {
    const answer = await editProfile(deps, author, { profileId: app, edits: [addTag("X")] });
    expect(answer).toEqual({ ok: false, error: { kind: "not-found", profileId: "APP" } });
  });

  it("loses no edit of twenty editors at once", async () => {
    const tags = Array.from({ length: 20 }, (_, index) => `T${index}`);
    await Promise.all(tags.map((tag) => editProfile(deps, author, { profileId: web, edits: [addTag(tag)] })));
    const { tags: stored } = value(await editProfile(deps, author, { profileId: web, edits: [] })).profile;
    expect(stored.kind === "valid" && [...stored.value].sort()).toEqual(["WEB", ...tags].sort());
  });

  it("answers conflict, with the newest value, when somebody wrote after the base", async () => {
    const seen = await deps.store.readProfile(web);
    value(await editProfile(deps, author, { profileId: web, edits: [addTag("FIRST")] }));
    const late = await editProfile(deps, author, {
      profileId: web,
      edits: [addTag("LATE")],
      ...(seen === undefined ? {} : { base: seen.version }),
    });
    expect(late).toMatchObject({
      ok: false,
      error: { kind: "conflict", current: { profile: { tags: { value: ["WEB", "FIRST"] } } } },
    });
  });

  it("answers conflict without a current value when the profile was removed meanwhile", async () => {
    const late = await editProfile(deps, author, { profileId: app, edits: [], base: { tags: 1, rules: 1 } });
    expect(late).toEqual({ ok: false, error: { kind: "conflict", current: undefined } });
  });

  it("recognises its own request that took effect before a time-out, although the base is stale by then", async () => {
    const seen = value({ ok: true, value: await deps.store.readProfile(web) } as const);
    const request = {
      profileId: web,
      edits: [addTag("ONCE")],
      requestId: "mine",
      ...(seen === undefined ? {} : { base: seen.version }),
    };
    const first = value(await editProfile(deps, author, request));
    const again = value(await editProfile(deps, author, request));
    expect(again.revision).toBe(first.revision);
    expect(await deps.revision()).toBe(first.revision);
  });

  it("sends the very same change again when the store did not answer", async () => {
    let sends = 0;
    const flaky: MemoryDeps = {
      ...deps,
      store: {
        ...deps.store,
        commit: async (change) => {
          const answer = await deps.store.commit(change);
          if (++sends === 1) throw new StoreUnavailableError("the answer got lost");
          return answer;
        },
      },
    };
    const before = await deps.revision();
    const edits: ProfileEdit[] = [{ kind: "remove-rule", direction: "inbound", at: 1 }];
    expect(value(await editProfile(flaky, author, { profileId: web, edits })).revision).toBe(before + 1);
    expect(sends).toBe(2);
    expect(await inbound(web)).toEqual([]);
  });

  it("does not knock again where it is not permitted", async () => {
    let sends = 0;
    const locked: MemoryDeps = {
      ...deps,
      store: {
        ...deps.store,
        commit: async () => {
          sends += 1;
          throw new StorePermissionError("permission denied");
        },
      },
    };
    await expect(editProfile(locked, author, { profileId: web, edits: [addTag("X")] })).rejects.toThrow("denied");
    expect(sends).toBe(1);
  });

  it("notes who, why and the edits in the journal", async () => {
    value(await editProfile(deps, author, { profileId: web, edits: [addTag("DNS")] }));
    const { entries } = deps.memory.kv.readPrefix("/tortie/v1/journal/");
    expect(JSON.parse(entries.at(-1)?.value ?? "")).toMatchObject({
      who: "ada",
      note: "ticket 7",
      at: "2026-11-23T00:00:00.000Z",
      edits: [{ kind: "edit-profile", profileId: "WEB", edits: [{ kind: "add-tag", tag: "DNS" }] }],
    });
  });

  it("edits several profiles at once or none of them", async () => {
    value(await createProfile(deps, author, { profileId: app }));
    const before = await deps.revision();
    const both = [
      { profileId: web, edits: [addTag("X")] },
      { profileId: app, edits: [addTag("APP")] },
    ];
    expect(await editProfiles(deps, author, { profiles: both })).toMatchObject({
      ok: false,
      error: { kind: "edit-refused", profileId: "APP", error: { kind: "tag-already-held" } },
    });
    expect(await deps.revision()).toBe(before);
  });
});
