import { Plus } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type Ref, useState } from "react";
import { RuleLine } from "#components/rules/entry/rule-line.tsx";
import { useRuleEntry } from "#components/rules/entry/use-rule-entry.ts";
import { useRuleListActions } from "#components/rules/rule-list-context.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";
import { completeRule, type KnownWords } from "#policy/grammar/complete-rule.ts";
import { formatRule } from "#policy/grammar/format-rule.ts";
import type { Direction } from "#policy/rule.ts";

type EntryLineProps = {
  readonly direction: Direction;
  readonly count: number;
  readonly known: KnownWords;
  readonly inputRef: Ref<HTMLInputElement>;
};

/** One line below a list: type a rule as calicoctl takes it, Enter adds it at the end. */
export function EntryLine({ direction, count, known, inputRef }: EntryLineProps) {
  const { change, openRule } = useRuleListActions();
  const entry = useRuleEntry(undefined);
  const [isTried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!entry.parsed.ok) return;
    const rule = entry.parsed.value;
    const at = count + 1;
    const isDone = change([{ kind: "insert-rule", direction, rule, at }], {
      title: `${direction === "inbound" ? "Inbound" : "Outbound"} ${at} added`,
      detail: formatRule(rule),
    });
    // What was refused stays to be mended.
    if (!isDone) return;
    entry.reset(undefined);
    setTried(false);
  };
  const leave = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (event.target instanceof HTMLElement) event.target.blur();
  };
  const isWrong = isTried || (!entry.parsed.ok && entry.parsed.error.some(({ kind }) => kind !== "unexpected-end"));
  return (
    <form onSubmit={submit} onKeyDown={leave} className="mt-2.5 flex items-start gap-2">
      <div className="min-w-0 grow">
        <RuleLine
          isBare
          label={`Add ${direction} rule`}
          inputRef={inputRef}
          text={entry.text}
          placeholder={direction === "inbound" ? "allow tcp from tag WEB to ports 443" : "allow tcp to ports 443"}
          issues={isWrong && !entry.parsed.ok ? entry.parsed.error : []}
          completions={completeRule(entry.text, known)}
          onChange={(text) => {
            setTried(false);
            entry.setText(text);
          }}
        />
      </div>
      <span className="mt-[23px] flex gap-1.5">
        <Button type="submit" look="dashed" className="h-9" disabled={entry.text.trim() === ""}>
          <Icon of={Plus} size={14} />
          Add <KeyCap>{direction === "inbound" ? "A" : "⇧A"}</KeyCap>
        </Button>
        <Button
          look="plain"
          className="h-9"
          onClick={() => openRule(direction, { kind: "insert", position: count + 1 })}
        >
          Form…
        </Button>
      </span>
    </form>
  );
}
