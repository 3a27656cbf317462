/** Raw access to an etcd of a test through its JSON gateway: tests also write what our own doors refuse. */
export interface EtcdKeys {
  /** Writes a value; answers the revision of the write. */
  put(key: string, value: string | object): Promise<number>;
  remove(key: string): Promise<number>;
}

/** Keys of the etcd at an http endpoint. */
export function etcdKeys(endpoint: string): EtcdKeys {
  const call = async (path: string, body: object): Promise<number> => {
    const response = await fetch(`${endpoint}/v3/kv/${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    const { header } = (await response.json()) as { header: { revision: string } };
    return Number(header.revision);
  };
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  return {
    put: (key, value) =>
      call("put", { key: base64(key), value: base64(typeof value === "string" ? value : JSON.stringify(value)) }),
    remove: (key) => call("deleterange", { key: base64(key) }),
  };
}
