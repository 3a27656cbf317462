import type { IWatchResponse } from "etcd3";
import { decodeKey, decodeText } from "#store/etcd/client/decode-entry.ts";
import type { StoredChange } from "#store/policy-store.ts";

/** Collects watch messages into whole transactions: all changes of one revision come together. */
export interface TransactionGrouper {
  /** The transactions that are complete after this message, oldest first. */
  add(message: Pick<IWatchResponse, "events" | "fragment">): readonly (readonly StoredChange[])[];
}

/** A grouper for the messages of one stream. etcd cuts a message only where it says `fragment`. */
export function transactionGrouper(): TransactionGrouper {
  let open: StoredChange[] = [];
  return {
    add({ events, fragment }) {
      const complete: StoredChange[][] = [];
      for (const { type, kv } of events) {
        const change = { key: decodeKey(kv.key), modRevision: Number(kv.mod_revision) };
        if (open.length > 0 && open[0]?.modRevision !== change.modRevision) {
          complete.push(open);
          open = [];
        }
        open.push(type === "Put" ? { ...change, value: decodeText(kv.value) } : change);
      }
      if (!fragment && open.length > 0) {
        complete.push(open);
        open = [];
      }
      return complete;
    },
  };
}
