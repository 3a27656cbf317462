import { KeyRound, PencilLine, ShieldPlus } from "lucide-react";
import { placeKey } from "#components/reach/place-key.ts";
import { effectWords } from "#components/reach/reach-effect.ts";
import { usePageKeys } from "#components/shell/use-page-keys.ts";
import { Button, buttonLook } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import type { Tag } from "#policy/tag.ts";
import type { Drawn } from "../access/drawn.ts";
import { useMakeDraft } from "../access/use-make-draft.ts";
import type { PairArgument } from "../model/pair-argument.ts";
import type { WithoutTag } from "../model/panel-content.ts";
import { intentHref } from "./intent-href.ts";
import { PanelSection } from "./panel-parts.tsx";

type PairActionsProps = {
  readonly argument: PairArgument;
  readonly without: WithoutTag | undefined;
  readonly onDraw: (drawn: Drawn) => void;
};

/** What can be begun from here, as drafts: more access, the missing tag, or the tag taken away. */
export function PairActions({ argument, without, onDraw }: PairActionsProps) {
  const { from, to, sender, missingKeys } = argument;
  const make = useMakeDraft();
  const draw = () => onDraw({ from: placeKey(from), to: placeKey(to) });
  usePageKeys({ a: draw, A: draw });
  const add = missingKeys[0]?.tag;
  const edit = (kind: "add-tag" | "remove-tag", tag: Tag) =>
    sender === undefined ? undefined : make([{ profile: sender.id, edit: { kind, tag } }]);
  return (
    <PanelSection title="Begin a draft">
      <p className="flex flex-wrap gap-2">
        <Button size="small" onClick={draw}>
          <Icon of={PencilLine} size={12} />
          Propose access
        </Button>
        {sender === undefined || add === undefined ? null : (
          <Button size="small" onClick={() => edit("add-tag", add)}>
            <Icon of={KeyRound} size={12} />
            Give {sender.id} the tag {add}
          </Button>
        )}
        {sender === undefined || without === undefined ? null : (
          <Button size="small" onClick={() => edit("remove-tag", without.tag)}>
            <Icon of={KeyRound} size={12} />
            Take {without.tag} from {sender.id} · {effectWords(without.effect)}
          </Button>
        )}
        <PageLink href={intentHref(argument)} className={buttonLook({ look: "secondary", size: "small" })}>
          <Icon of={ShieldPlus} size={12} />
          Make intent
        </PageLink>
      </p>
    </PanelSection>
  );
}
