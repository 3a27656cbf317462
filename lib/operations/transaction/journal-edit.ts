import type { ProfileEdit } from "#policy/edit/profile-edit.ts";
import type { EndpointKey } from "#policy/endpoint.ts";
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
  | { readonly kind: "import-setting"; readonly key: string };
