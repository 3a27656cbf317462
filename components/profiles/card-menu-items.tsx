import { Download, FileJson2, KeyRound, LogIn, LogOut, SquareArrowOutUpRight, Trash2 } from "lucide-react";
import { MenuItem, MenuLink, MenuSeparator } from "#components/ui/menu.tsx";
import type { Direction } from "#policy/rule.ts";
import { profileHref } from "./profile-href.ts";
import type { ProfileDesk } from "./use-profile-desk.ts";

/** What can be done to a profile from its card. */
export function CardMenuItems({ desk }: { readonly desk: ProfileDesk }) {
  const { actions, open, view, id } = desk;
  const add = (direction: Direction) => {
    const rules = view?.profile.rules;
    const count = rules?.kind === "valid" ? rules.value[direction].length : 0;
    actions.openRule(direction, { kind: "insert", position: count + 1 });
  };
  const isReadable = view?.profile.rules.kind === "valid";
  return (
    <>
      <MenuItem icon={LogIn} hint="A" disabled={!isReadable} onSelect={() => add("inbound")}>
        Add inbound rule…
      </MenuItem>
      <MenuItem icon={LogOut} hint="⇧A" disabled={!isReadable} onSelect={() => add("outbound")}>
        Add outbound rule…
      </MenuItem>
      <MenuItem icon={KeyRound} hint="T" onSelect={() => open({ kind: "tags" })}>
        Tags…
      </MenuItem>
      <MenuSeparator />
      <MenuLink href={profileHref(id)} icon={SquareArrowOutUpRight} hint="↵">
        Open
      </MenuLink>
      <MenuLink href={`/import?profile=${encodeURIComponent(id)}`} icon={FileJson2}>
        Import rules…
      </MenuLink>
      <MenuItem icon={Download} onSelect={() => location.assign(`/api/export?profile=${encodeURIComponent(id)}`)}>
        Export rules
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Trash2} danger onSelect={() => open({ kind: "remove" })}>
        Remove profile…
      </MenuItem>
    </>
  );
}
