"use client";

import { Dialog } from "#components/ui/dialog.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";

const GROUPS = [
  {
    title: "Anywhere",
    keys: [
      ["Ctrl K", "Search, act or ask"],
      ["?", "This list"],
      ["G P", "Profiles"],
      ["G G", "Graph"],
      ["G C", "Check"],
      ["G E", "Endpoints"],
    ],
  },
  {
    title: "Board",
    keys: [
      ["/", "Filter"],
      ["N", "New profile"],
      ["I", "Import JSON"],
      ["V", "Cards or table"],
      ["← → ↑ ↓", "From card to card"],
      ["Home", "First card"],
      ["End", "Last card"],
    ],
  },
  {
    title: "Graph",
    keys: [
      ["← → ↑ ↓", "From box to box"],
      ["↵", "Choose"],
      ["T", "Table or columns"],
      ["/", "Filter"],
      ["Esc", "Clear the choice"],
    ],
  },
  {
    title: "Check",
    keys: [
      ["/", "Write the question"],
      ["S", "Swap sides"],
      ["D", "With your draft or live"],
    ],
  },
  {
    title: "Endpoints",
    keys: [
      ["↑ ↓", "From row to row"],
      ["↵", "Open"],
      ["Alt ↑ ↓", "Move a profile"],
      ["/", "Filter"],
    ],
  },
  {
    title: "Card",
    keys: [
      ["↵", "Open"],
      ["Tab", "Into the card"],
      ["Esc", "Back to the card"],
      ["A", "Add inbound rule"],
      ["⇧ A", "Add outbound rule"],
      ["T", "Tags"],
      ["X", "Select"],
      ["Ctrl S", "Save draft"],
      ["Ctrl Z", "Undo last edit"],
      ["Ctrl ⇧ Z", "Redo"],
    ],
  },
  {
    title: "Rule",
    keys: [
      ["↑ ↓", "From rule to rule"],
      ["Alt ↑ ↓", "Move one place"],
      ["Alt Home", "Move to top"],
      ["Alt End", "Move to bottom"],
      ["↵", "Edit"],
      [".", "Menu"],
      ["P", "Park, or take back"],
      ["Space", "Choose, on the profile's page"],
      ["⇧ ↑ ↓", "Choose a range there"],
      ["Delete", "Remove"],
    ],
  },
  {
    title: "Import",
    keys: [
      ["F8", "Next problem"],
      ["⇧ F8", "Problem before"],
      ["Ctrl ↵", "On to the next step"],
      ["Esc", "Close, keep as draft"],
    ],
  },
] as const;

/** Every key of the board. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} title="Keys" width="wide">
      <div className="grid grid-cols-2 gap-x-8 gap-y-5 pb-4 max-sm:grid-cols-1">
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3 className="mb-1.5 text-small font-[600] text-ink-2">{group.title}</h3>
            <dl>
              {group.keys.map(([keys, does]) => (
                <div key={keys} className="flex items-center justify-between border-b border-line py-1 last:border-b-0">
                  <dt>{does}</dt>
                  <dd className="flex gap-1">
                    {keys.split(" ").map((key) => (
                      <KeyCap key={key}>{key}</KeyCap>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
