/** The value of one key of a test's etcd, parsed as JSON where it is; `undefined` when there is no such key. */
export async function readValue(endpoint: string, key: string): Promise<unknown> {
  const body = JSON.stringify({ key: Buffer.from(key).toString("base64") });
  const response = await fetch(`${endpoint}/v3/kv/range`, { method: "POST", body });
  const { kvs = [] } = (await response.json()) as { readonly kvs?: readonly { readonly value: string }[] };
  const [first] = kvs;
  if (first === undefined) return undefined;
  const text = Buffer.from(first.value, "base64").toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
