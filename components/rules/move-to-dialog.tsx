import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { useRuleListActions } from "./rule-list-context.ts";
import { moveRule, type PlacedRule } from "./rule-moves.ts";

type MoveToDialogProps = { readonly placed: PlacedRule; readonly onClose: () => void };

/** Asks for the position a rule shall stand at. */
export function MoveToDialog({ placed, onClose }: MoveToDialogProps) {
  const actions = useRuleListActions();
  const { position, direction, count } = placed;
  const [text, setText] = useState(String(position));
  const target = /^\d{1,6}$/.test(text.trim()) ? Number(text) : 0;
  const error = target < 1 || target > count ? `Positions are 1 to ${count}` : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (error !== undefined) return;
    onClose();
    moveRule(actions, placed, target);
  };
  return (
    <Dialog open onOpenChange={onClose} title={`Move ${direction} ${position} to another position`} width="narrow">
      <form onSubmit={submit} className="flex flex-col gap-3 pb-3">
        <Field
          label={`Position, 1 to ${count}`}
          inputMode="numeric"
          value={text}
          error={text === "" ? undefined : error}
          onChange={(event) => setText(event.target.value)}
          onFocus={(event) => event.target.select()}
        />
        <div className="flex justify-end gap-2">
          <Button look="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={error !== undefined}>
            Move
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
