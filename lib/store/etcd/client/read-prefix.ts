import type { IRangeResponse, IResponseHeader } from "etcd3";
import type { StoredEntry } from "#policy/snapshot.ts";
import { decodeEntry } from "#store/etcd/client/decode-entry.ts";
import { classifyEtcdError } from "#store/etcd/client/etcd-error.ts";
import type { EtcdMembers } from "#store/etcd/client/etcd-members.ts";
import { RevisionCompactedError } from "#store/policy-store.ts";

// A page of 5000 keys costs 1.4 times the time of one huge answer and half its memory.
const PAGE_SIZE = 5_000;

/** All keys of a prefix at one revision, and what the first answer said of the store. */
export type PrefixRead = {
  readonly header: IResponseHeader;
  readonly revision: number;
  readonly entries: readonly StoredEntry[];
};

/** Reads a prefix page by page at one revision: the given one, else the newest. Sorted by key as etcd sorts. */
export async function readPrefix(
  members: Pick<EtcdMembers, "call">,
  prefix: string,
  atRevision?: number,
): Promise<PrefixRead> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readPages(members, prefix, atRevision);
    } catch (error) {
      // Nobody asked for that revision by name: it was compacted between two pages, so a newer one will do.
      if (atRevision !== undefined || attempt === 3 || !(error instanceof RevisionCompactedError)) throw error;
    }
  }
}

async function readPages(
  members: Pick<EtcdMembers, "call">,
  prefix: string,
  atRevision: number | undefined,
): Promise<PrefixRead> {
  const start = Buffer.from(prefix);
  const readPage = pageReader(members, prefixEnd(start));
  const first = await readPage(start, atRevision ?? 0);
  const revision = atRevision ?? Number(first.header.revision);
  const entries: StoredEntry[] = [];
  for (let page = first; ; ) {
    for (const kv of page.kvs) entries.push(decodeEntry(kv));
    const last = page.kvs.at(-1);
    if (!page.more || last === undefined) return { header: first.header, revision, entries };
    page = await readPage(Buffer.concat([last.key, Buffer.of(0)]), revision);
    if (page.header.cluster_id !== first.header.cluster_id) {
      throw new RevisionCompactedError("The store was replaced by another while it was read");
    }
  }
}

/** Reads one page from a key on; huge values make it take fewer keys at a time from then on. */
function pageReader(members: Pick<EtcdMembers, "call">, rangeEnd: Buffer) {
  let limit = PAGE_SIZE;
  return async (key: Buffer, revision: number): Promise<IRangeResponse> => {
    for (;;) {
      const request = { key, range_end: rangeEnd, limit, revision };
      try {
        return await members.call((client, options) => client.kv.range(request, options));
      } catch (error) {
        if (limit === 1 || classifyEtcdError(error) !== "answer-too-large") throw error;
        limit = Math.ceil(limit / 8);
      }
    }
  };
}

/** The first key behind all keys of the prefix, as etcd's range_end. */
export function prefixEnd(prefix: Buffer): Buffer {
  const end = Buffer.from(prefix);
  const last = end.length - 1;
  // Our prefixes end in "/", so the last byte can always be raised.
  end[last] = (end[last] ?? 0) + 1;
  return end;
}
