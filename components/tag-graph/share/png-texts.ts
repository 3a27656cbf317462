/** Where the chunks of a PNG begin, and how long the first one (IHDR) is with its frame. */
const SIGNATURE = 8;
const HEADER = 25;

/** A PNG with texts in iTXt chunks behind its header: the picture can be told from its name, and read by a program. */
export function withTexts(png: Uint8Array, texts: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  const at = SIGNATURE + HEADER;
  const added = chunks.reduce((sum, { length }) => sum + length, 0);
  const out = new Uint8Array(png.length + added);
  out.set(png.subarray(0, at));
  let end = at;
  for (const chunk of chunks) {
    out.set(chunk, end);
    end += chunk.length;
  }
  out.set(png.subarray(at), end);
  return out;
}

/** iTXt (PNG, 11.3.3.4): keyword, no compression, no language, UTF-8 text. */
function textChunk(keyword: string, text: string): Uint8Array {
  const encoder = new TextEncoder();
  const data = [...encoder.encode("iTXt"), ...encoder.encode(keyword), 0, 0, 0, 0, 0];
  const body = encoder.encode(text);
  const typed = new Uint8Array(data.length + body.length);
  typed.set(data);
  typed.set(body, data.length);
  const chunk = new Uint8Array(typed.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, typed.length - 4);
  chunk.set(typed, 4);
  view.setUint32(typed.length + 4, crc32(typed));
  return chunk;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}
