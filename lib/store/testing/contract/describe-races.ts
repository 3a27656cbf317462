import { expect, test } from "vitest";
import { addTag, createProfile, profileId } from "#store/testing/sample-changes.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

const EDITORS = 12;
const EDITS_EACH = 8;

/** Many editors of one profile at once. */
export function describeRaces(subject: () => StoreUnderTest): void {
  test("every acknowledged edit of many concurrent editors is there exactly once", async () => {
    const stores = Array.from({ length: 4 }, () => subject().connect().store);
    const [first] = stores;
    if (first === undefined) throw new Error("no store");
    await createProfile(first, "WEB");
    const editors = Array.from({ length: EDITORS }, async (_, editor) => {
      const store = stores[editor % stores.length] ?? first;
      const done: { readonly tag: string; readonly revision: number }[] = [];
      for (let edit = 0; edit < EDITS_EACH; edit += 1) {
        const name = `E${editor}-${edit}`;
        done.push({ tag: name, revision: await addTag(store, "WEB", name) });
      }
      return done;
    });
    const acknowledged = (await Promise.all(editors)).flat();
    const read = await first.readProfile(profileId("WEB"));
    const inOrder = [...acknowledged].sort((a, b) => a.revision - b.revision).map(({ tag }) => tag);
    expect(read?.profile.tags).toEqual({ kind: "valid", value: ["WEB", ...inOrder] });
    expect(await subject().list("/tortie/v1/journal/")).toHaveLength(1 + EDITORS * EDITS_EACH);
  }, 60_000);
}
