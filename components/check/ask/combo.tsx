"use client";

import { ChevronDown } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";

export type ComboOption = { readonly value: string; readonly label: ReactNode; readonly hint?: string };

type ComboProps = {
  /** What is chosen here, for assistive technology. */
  readonly label: string;
  readonly value: ReactNode;
  /** What can be chosen for what is typed; what was typed itself may be among it. */
  readonly optionsFor: (typed: string) => readonly ComboOption[];
  /** What to write, when nothing can be chosen. */
  readonly emptyText: (typed: string) => string;
  readonly onChoose: (value: string) => void;
  readonly isMono?: boolean;
};

/** A word of the question: a button that opens a field with what fits. Arrows choose, Enter takes, Escape leaves. */
export function Combo({ label, value, optionsFor, emptyText, onChoose, isMono = false }: ComboProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    // The button is drawn again before it can take the keyboard.
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <span className="relative inline-flex min-w-0">
      <button
        ref={button}
        type="button"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="inline-flex h-8 min-w-0 items-center gap-2 rounded-control bg-tag-fill px-2.5 text-heading font-[550] tracking-normal hover:bg-hover coarse:h-10"
      >
        <span className="sr-only">{label}: </span>
        <span className={`min-w-0 truncate ${isMono ? "mono" : ""}`}>{value}</span>
        <Icon of={ChevronDown} size={12} className="text-ink-3" />
      </button>
      {isOpen ? (
        <ComboList
          {...{ label, optionsFor, emptyText }}
          onClose={close}
          onLeave={() => setOpen(false)}
          onChoose={(chosen) => {
            onChoose(chosen);
            close();
          }}
        />
      ) : null}
    </span>
  );
}

type ComboListProps = Pick<ComboProps, "label" | "optionsFor" | "emptyText" | "onChoose"> & {
  readonly onClose: () => void;
  readonly onLeave: () => void;
};

function ComboList({ label, optionsFor, emptyText, onChoose, onClose, onLeave }: ComboListProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const options = optionsFor(typed.trim());
  const chosen = options[Math.min(at, options.length - 1)];
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt(Math.max(0, Math.min(options.length - 1, at + step)));
    else if (event.key === "Enter" && chosen !== undefined) onChoose(chosen.value);
    else if (event.key === "Escape") onClose();
    else if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the list by the keyboard or a press elsewhere closes it.
    <div
      onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || onLeave()}
      className="absolute inset-s-0 top-full z-30 mt-1 w-72 max-w-[calc(100vw-32px)] rounded-list border border-line-strong bg-raised p-1.5 shadow-2 max-sm:fixed max-sm:inset-x-4 max-sm:top-40 max-sm:w-auto"
    >
      <input
        // The button that was pressed asked for it.
        // biome-ignore lint/a11y/noAutofocus: the field is what the press opened.
        autoFocus
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={chosen === undefined ? undefined : `${id}-${options.indexOf(chosen)}`}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
        className="h-[30px] w-full rounded-control border border-control-line bg-raised px-2.5 outline-none focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint coarse:h-10"
      />
      <div id={id} role="listbox" aria-label={label} className="thin-scroll mt-1 max-h-64 overflow-y-auto">
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are pressed in the field.
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <div
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={option === chosen}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(option.value)}
            className="flex min-h-7 cursor-pointer items-center gap-2 rounded-chip px-2 hover:bg-hover aria-selected:bg-sel coarse:min-h-10"
          >
            <span className="min-w-0 grow truncate">{option.label}</span>
            {option.hint === undefined ? null : <span className="text-caption text-ink-3">{option.hint}</span>}
          </div>
        ))}
      </div>
      {options.length === 0 ? <p className="px-2 py-1.5 text-small text-ink-2">{emptyText(typed)}</p> : null}
    </div>
  );
}
