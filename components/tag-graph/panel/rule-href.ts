import { profileHref } from "#components/profiles/profile-href.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import type { Direction, Position } from "#policy/rule.ts";

/** The editor of a profile at one of its rules. */
export function ruleHref(id: ProfileId, direction: Direction, position: Position): string {
  return `${profileHref(id)}?rule=${direction}:${position}`;
}
