import { PencilLine } from "lucide-react";
import { useState } from "react";
import type { ReachNode } from "#analysis/reach/reach-node.ts";
import { profileHref } from "#components/profiles/profile-href.ts";
import { placeKey } from "#components/reach/place-key.ts";
import { Button, buttonLook } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import { parseTag } from "#policy/tag.ts";
import type { Drawn } from "../access/drawn.ts";
import { TriedDraft } from "../access/tried-draft.tsx";
import type { PanelContent } from "../model/panel-content.ts";
import { PanelSection } from "./panel-parts.tsx";

type PlaceActionsProps = {
  readonly panel: Extract<PanelContent, { readonly kind: "place" }>;
  readonly onDraw: (drawn: Drawn) => void;
};

/** What can be begun from one box: its editor, another tag, one tag less, a rule that lets it reach somebody. */
export function PlaceActions({ panel: { place, side, tags, lacking }, onDraw }: PlaceActionsProps) {
  const id = place.kind === "profile" ? place.id : undefined;
  const tagEdit = (kind: "add-tag" | "remove-tag") => (text: string) => {
    const tag = parseTag(text);
    return id !== undefined && tag.ok ? { profile: id, edit: { kind, tag: tag.value } } : undefined;
  };
  return (
    <PanelSection title="Begin a draft">
      <div className="flex flex-col gap-4">
        {id === undefined ? null : (
          <PageLink href={profileHref(id)} className={`${buttonLook({ look: "secondary", size: "small" })} self-start`}>
            <Icon of={PencilLine} size={12} />
            Open {id} in the editor
          </PageLink>
        )}
        <LetReach place={place} side={side} onDraw={onDraw} />
        {id === undefined || side !== "sender" ? null : (
          <>
            <TriedDraft key={`give ${id}`} label="Give it a tag" choices={lacking} editFor={tagEdit("add-tag")} />
            {tags.length === 0 ? null : (
              <TriedDraft
                key={`take ${id}`}
                label="Take a tag from it"
                choices={tags.map(({ tag }) => tag)}
                editFor={tagEdit("remove-tag")}
              />
            )}
          </>
        )}
      </div>
    </PanelSection>
  );
}

type LetReachProps = {
  readonly place: ReachNode;
  readonly side: "sender" | "receiver";
  readonly onDraw: (drawn: Drawn) => void;
};

/** The other end of a rule that is to be drafted; the proposal then says what each way would open. */
function LetReach({ place, side, onDraw }: LetReachProps) {
  const [other, setOther] = useState("");
  const key = placeKey(place);
  const end = /^any(where|one)$/i.test(other) ? "@world" : other;
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (end !== "") onDraw(side === "sender" ? { from: key, to: end } : { from: end, to: key });
      }}
    >
      <div className="min-w-0 grow">
        <Field
          label={side === "sender" ? "Let it reach" : "Let it be reached by"}
          placeholder="a profile, a network, anywhere"
          isMono
          value={other}
          onChange={(event) => setOther(event.target.value.trim())}
        />
      </div>
      <Button type="submit" disabled={end === ""}>
        Propose
      </Button>
    </form>
  );
}
