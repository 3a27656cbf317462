import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * A name of at most `length` characters that stands for `text`: itself where it fits, else `_` and a hash, the same
 * after every restart (policy-model 4.3). Cutting would collide: names of one orchestrator share long prefixes.
 */
export function shorten(text: string, length: number): string {
  if (text.length < length || (text.length === length && !text.startsWith("_"))) return text;
  const hex = bytesToHex(sha256(utf8ToBytes(`${length} ${text}`)));
  return `_${hex.slice(0, length - 1)}`;
}
