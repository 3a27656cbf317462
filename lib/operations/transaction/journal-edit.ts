import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { EndpointKey } from "#policy/endpoint.ts";
import type { Intent, IntentId } from "#policy/intent/intent.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Tag } from "#policy/tag.ts";

/** What one request changed, as the journal keeps it: plain JSON, one entry per object touched. */
export type JournalEdit =
  | { readonly kind: "create-profile"; readonly profileId: ProfileId }
  | { readonly kind: "remove-profile"; readonly profileId: ProfileId }
  | { readonly kind: "edit-profile"; readonly profileId: ProfileId; readonly edits: readonly ProfileEdit[] }
  | { readonly kind: "add-endpoint"; readonly endpoint: EndpointKey }
  | { readonly kind: "remove-endpoint"; readonly endpoint: EndpointKey }
  | { readonly kind: "assign-profiles"; readonly endpoint: EndpointKey; readonly profileIds: readonly ProfileId[] }
  | { readonly kind: "rename-tag"; readonly from: Tag; readonly to: Tag }
  | { readonly kind: "import-profile"; readonly profileId: ProfileId }
  | { readonly kind: "import-endpoint"; readonly endpoint: EndpointKey }
  | { readonly kind: "import-setting"; readonly key: string }
  | { readonly kind: "write-intent"; readonly id: IntentId; readonly intent: Intent }
  | { readonly kind: "remove-intent"; readonly id: IntentId }
  /** Written although these stop to hold: acknowledged by the author, or told afterwards. */
  | { readonly kind: "break-intents"; readonly intents: readonly IntentId[] };
