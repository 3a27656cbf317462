/** Reads a stream to its end as UTF-8; gives up with `undefined` as soon as more than `maxBytes` have come. */
export async function readText(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  for await (const chunk of stream) {
    byteCount += chunk.byteLength;
    if (byteCount > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder("utf-8", { ignoreBOM: false }).decode(Buffer.concat(chunks));
}
