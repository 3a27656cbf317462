import { PencilLine, Trash2 } from "lucide-react";
import { MenuItem } from "#components/ui/menu.tsx";
import type { IntentRow } from "#web/queries/intent-rows.ts";
import { useChangeIntent } from "./use-change-intent.ts";

/** What can be done about an intent. Removing one can be undone from the message. */
export function IntentMenu({ row, onEdit }: { readonly row: IntentRow; readonly onEdit?: () => void }) {
  const change = useChangeIntent();
  return (
    <>
      {onEdit === undefined ? null : (
        <MenuItem icon={PencilLine} onSelect={onEdit}>
          Edit
        </MenuItem>
      )}
      <MenuItem
        icon={Trash2}
        danger
        onSelect={() => void change({ id: row.id, base: row.modRevision, before: row.intent })}
      >
        Remove
      </MenuItem>
    </>
  );
}
