import { isUtf8 } from "node:buffer";
import type { IKeyValue } from "etcd3";
import type { StoredEntry } from "#policy/snapshot.ts";

/** A stored key as the port shows it. */
export function decodeEntry(kv: Pick<IKeyValue, "key" | "value" | "mod_revision">): StoredEntry {
  return { key: decodeKey(kv.key), value: decodeText(kv.value), modRevision: Number(kv.mod_revision) };
}

/** The key as text; bytes that are no UTF-8 give a text that is still different for different keys. */
export function decodeKey(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : `${bytes.toString("utf8")}\uFFFD${bytes.toString("hex")}`;
}

/**
 * The value as text. What is not UTF-8 is invalid for every agent; the mark in front keeps it from being read as the
 * JSON that it resembles.
 */
export function decodeText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : `\uFFFD${bytes.toString("utf8")}`;
}
