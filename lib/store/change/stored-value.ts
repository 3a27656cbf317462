import type { Endpoint } from "#policy/endpoint.ts";
import { formatEndpointValue, parseEndpointValue } from "#policy/endpoint-value.ts";
import type { Intent } from "#policy/intent/intent.ts";
import { formatIntentValue, parseIntentValue } from "#policy/intent/intent-value.ts";
import { parsePolicyKey } from "#policy/layout/policy-key.ts";
import type { Leaf, Profile, ProfileRules } from "#policy/profile.ts";
import { formatRulesValue, parseRulesValue } from "#policy/rules-value.ts";
import { isEmptySidecar, type Sidecar } from "#policy/sidecar/sidecar.ts";
import { formatSidecarValue, parseSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import type { Tag } from "#policy/tag.ts";
import { formatTagsValue, parseTagsValue } from "#policy/tags-value.ts";

/** One key's present value in the store. */
export type StoredValue = { readonly text: string; readonly modRevision: number };

/** What to do with one key: write this text, delete it, or leave it alone. */
export type KeyWrite =
  | { readonly kind: "put"; readonly text: string }
  | { readonly kind: "delete" }
  | { readonly kind: "keep" };

type LeafCodec<T> = { readonly parse: (text: string) => Leaf<T>; readonly format: (value: T) => string };

const TAGS: LeafCodec<readonly Tag[]> = { parse: parseTagsValue, format: formatTagsValue };
const RULES: LeafCodec<ProfileRules> = { parse: parseRulesValue, format: formatRulesValue };
const SIDECAR: LeafCodec<Sidecar> = { parse: parseSidecarValue, format: formatSidecarValue };
const INTENT: LeafCodec<Intent> = { parse: parseIntentValue, format: formatIntentValue };
const ENDPOINT: LeafCodec<Endpoint> = { parse: parseEndpointValue, format: formatEndpointValue };

const MISSING = { kind: "missing" } as const;

/** The write that makes the tags key hold `after`. */
export function writeOfTags(stored: StoredValue | undefined, after: Profile | undefined): KeyWrite {
  return writeOf(TAGS, stored, after?.tags ?? MISSING);
}

/** The write that makes the rules key hold `after`. */
export function writeOfRules(stored: StoredValue | undefined, after: Profile | undefined): KeyWrite {
  return writeOf(RULES, stored, after?.rules ?? MISSING);
}

/** The write that makes the key beside the profile hold `after`; what is empty is not kept. */
export function writeOfSidecar(stored: StoredValue | undefined, after: Profile | undefined): KeyWrite {
  const sidecar = after?.sidecar ?? MISSING;
  return writeOf(SIDECAR, stored, sidecar.kind === "valid" && isEmptySidecar(sidecar.value) ? MISSING : sidecar);
}

/** The write that makes the intent's key hold `after`. */
export function writeOfIntent(stored: StoredValue | undefined, after: Intent | undefined): KeyWrite {
  return writeOf(INTENT, stored, after === undefined ? MISSING : { kind: "valid", value: after });
}

/** The write that makes the endpoint's key hold `after`. */
export function writeOfEndpoint(stored: StoredValue | undefined, after: Endpoint | undefined): KeyWrite {
  return writeOf(ENDPOINT, stored, after === undefined ? MISSING : { kind: "valid", value: after });
}

const SETTING_KINDS: readonly string[] = ["ready", "config", "host-config", "host-ip"];

/** The write that makes a setting's key hold the text; refuses keys that hold values with a form of their own. */
export function writeOfSetting(key: string, stored: StoredValue | undefined, after: string | undefined): KeyWrite {
  if (!SETTING_KINDS.includes(parsePolicyKey(key)?.kind ?? "")) throw new TypeError(`Not a setting: ${key}`);
  if (stored?.text === after) return { kind: "keep" };
  return after === undefined ? { kind: "delete" } : { kind: "put", text: after };
}

function writeOf<T>(codec: LeafCodec<T>, stored: StoredValue | undefined, after: Leaf<T>): KeyWrite {
  switch (after.kind) {
    case "missing":
      return stored === undefined ? { kind: "keep" } : { kind: "delete" };
    case "invalid":
      // Others' invalid value stays as it is; we never put one there (I1).
      if (stored?.text === after.text) return { kind: "keep" };
      throw new TypeError("An invalid value is never written");
    case "valid": {
      const text = codec.format(after.value);
      if (codec.parse(text).kind !== "valid") throw new TypeError("An invalid value is never written");
      return stored !== undefined && isSame(codec, stored.text, text) ? { kind: "keep" } : { kind: "put", text };
    }
  }
}

/** True when what is stored means the same value, in whatever spacing others wrote it. */
function isSame<T>(codec: LeafCodec<T>, storedText: string, text: string): boolean {
  if (storedText === text) return true;
  const stored = codec.parse(storedText);
  return stored.kind === "valid" && codec.format(stored.value) === text;
}
