/** Raw access to an etcd of a test through its JSON gateway: tests also write what our own doors refuse. */
export interface EtcdKeys {
  /** Writes a value; answers the revision of the write. */
  put(key: string, value: string | object): Promise<number>;
  /** Answers the revision, 0 when there was nothing to remove. */
  remove(key: string): Promise<number>;
}

type Answer = { readonly header: { readonly revision: string }; readonly deleted?: string };

/** Keys of the etcd at an http endpoint. */
export function etcdKeys(endpoint: string): EtcdKeys {
  const call = async (path: string, body: object): Promise<Answer> => {
    const response = await fetch(`${endpoint}/v3/kv/${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  return {
    async put(key, value) {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return Number((await call("put", { key: base64(key), value: base64(text) })).header.revision);
    },
    async remove(key) {
      const { header, deleted } = await call("deleterange", { key: base64(key) });
      return deleted === undefined ? 0 : Number(header.revision);
    },
  };
}

/** Makes an etcd forget what was stored before a revision. */
export async function compactStore(endpoint: string, revision: number): Promise<void> {
  const body = JSON.stringify({ revision, physical: true });
  const response = await fetch(`${endpoint}/v3/kv/compaction`, { method: "POST", body });
  if (!response.ok) throw new Error(`compaction: ${await response.text()}`);
}
