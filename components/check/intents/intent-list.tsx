"use client";

import { Plus } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { PolicyState } from "#web/queries/policy-state.ts";
import type { IntentStart } from "./intent-dialog.tsx";
import { IntentLine } from "./intent-line.tsx";
import type { Intents } from "./use-intents.ts";

type IntentListProps = {
  readonly intents: Intents;
  readonly state: PolicyState;
  /** All of them; otherwise those that need a look and a few more. */
  readonly isWhole: boolean;
  readonly onWhole: () => void;
  readonly onEdit: (start: IntentStart) => void;
  readonly onDrafted: () => void;
};

const FIRST = 5;
/** One grid for all lines, so that what is said stands below what is said. */
const COLUMNS =
  "grid grid-cols-[33px_minmax(0,1.1fr)_auto_minmax(0,1.1fr)_minmax(0,1fr)_auto_minmax(0,2fr)_auto] gap-x-3 max-lg:grid-cols-[33px_minmax(0,1fr)_auto] max-lg:gap-x-2";

/** The promises about this policy, broken ones first. */
export function IntentList({ intents, state, isWhole, onWhole, onEdit, onDrafted }: IntentListProps) {
  const { shown, error } = intents;
  const holding = (shown ?? []).filter((each) => each.state?.kind === "holds").length;
  const needing = (shown?.length ?? 0) - holding;
  const lines = isWhole ? (shown ?? []) : (shown ?? []).slice(0, Math.max(FIRST, needing));
  const rest = (shown?.length ?? 0) - lines.length;
  return (
    <section aria-label="Intents">
      <h2 className="mb-2 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-heading">
        Intents
        <span className="text-small font-[400] tracking-normal text-ink-2">
          {shown === undefined || shown.length === 0
            ? "checked on every draft, import and outside write"
            : `${holding} of ${shown.length} hold, checked on every draft, import and outside write`}
        </span>
        <Button size="small" className="ms-auto" onClick={() => onEdit({})}>
          <Icon of={Plus} size={12} />
          New intent
        </Button>
      </h2>
      {shown === undefined ? (
        <p className="text-ink-2">
          {error === null ? "Reading the intents …" : `They cannot be read: ${error.message}.`}
        </p>
      ) : null}
      {shown?.length === 0 ? (
        <p className="rounded-card border border-line bg-raised px-3.5 py-3 text-ink-2">
          No intents yet. An intent says who must, or must not, reach whom; saving what breaks one is refused until it
          is acknowledged.
        </p>
      ) : null}
      {lines.length === 0 ? null : (
        <ul className={`${COLUMNS} overflow-hidden rounded-card border border-line bg-raised shadow-1`}>
          {lines.map((each) => (
            <IntentLine key={each.row.id} shown={each} state={state} onEdit={onEdit} onDrafted={onDrafted} />
          ))}
          {rest > 0 ? (
            <li className="col-span-full px-3.5 py-2 ps-11 text-ink-2">
              <button type="button" className="min-h-6 underline hover:text-ink" onClick={onWhole}>
                {rest === 1 ? "1 more holds" : `${rest} more hold`}
              </button>
            </li>
          ) : null}
        </ul>
      )}
    </section>
  );
}
