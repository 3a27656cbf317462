import { expect, test } from "vitest";
import { parseTagsValue } from "#policy/tags-value.ts";
import { decodeEntry } from "#store/etcd/client/decode-entry.ts";

const entry = (key: Buffer, value: Buffer) => decodeEntry({ key, value, mod_revision: "7" });

test("text stays as it is, whatever its script", () => {
  const value = '{"log_prefix":"\u{1F431} späť"}';
  expect(entry(Buffer.from("/k"), Buffer.from(value))).toEqual({ key: "/k", value, modRevision: 7 });
});

test("a value that is no UTF-8 is not taken for the JSON that it resembles", () => {
  const { value } = entry(Buffer.from("/k"), Buffer.from('["WEB\xff"]', "latin1"));
  expect(parseTagsValue(value).kind).toBe("invalid");
});

test("keys that are no UTF-8 stay different", () => {
  const keys = ["/k\xfe", "/k\xff"].map((key) => entry(Buffer.from(key, "latin1"), Buffer.of()).key);
  expect(keys[0]).not.toBe(keys[1]);
});
