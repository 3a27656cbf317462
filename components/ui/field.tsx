import { CircleX } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "./icon.tsx";

const BOX =
  "w-full rounded-control border border-control-line bg-raised px-2.5 text-body text-ink outline-none transition-colors duration-press hover:border-ink-3 focus-visible:border-focus focus-visible:ring-3 focus-visible:ring-amber-tint aria-invalid:border-dashed aria-invalid:border-deny disabled:cursor-not-allowed disabled:bg-sunken disabled:text-ink-3";

type LabelledProps = {
  readonly label: ReactNode;
  /** Said below the field and to assistive technology. */
  readonly hint?: ReactNode;
  readonly error?: ReactNode;
  /** The label is for assistive technology only, where the place says it already. */
  readonly isLabelHidden?: boolean;
};

type FieldProps = LabelledProps & ComponentProps<"input"> & { readonly isMono?: boolean };

/** A labelled text input whose error and hint are tied to it. */
export function Field({ label, hint, error, isLabelHidden, isMono = false, className, ...input }: FieldProps) {
  const id = useId();
  const describedBy = [error ? `${id}-error` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <Labelled id={id} {...{ label, hint, error }} isLabelHidden={isLabelHidden ?? false} className={className}>
      <input
        id={id}
        className={`${BOX} h-[30px] coarse:h-10 ${isMono ? "mono" : ""}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy || undefined}
        autoComplete="off"
        spellCheck={false}
        {...input}
      />
    </Labelled>
  );
}

type SelectFieldProps = LabelledProps & ComponentProps<"select">;

/** A labelled native select: it works with every keyboard, phone and screen reader. */
export function SelectField({ label, hint, error, isLabelHidden, className, children, ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <Labelled id={id} {...{ label, hint, error }} isLabelHidden={isLabelHidden ?? false} className={className}>
      <select id={id} className={`${BOX} h-[30px] coarse:h-10`} {...select}>
        {children}
      </select>
    </Labelled>
  );
}

type LabelledFrame = LabelledProps & {
  readonly id: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
};

function Labelled({ id, label, hint, error, isLabelHidden, className, children }: LabelledFrame) {
  return (
    <div className={`min-w-0 ${className ?? ""}`}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "mb-1 block text-small font-[550] text-ink-2"}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-error`} className="mt-1 flex items-start gap-1.5 text-small text-deny-text">
          <Icon of={CircleX} size={12} className="mt-0.5" />
          <span className="min-w-0 break-words">{error}</span>
        </p>
      ) : null}
      {hint ? (
        <p id={`${id}-hint`} className="mt-1 text-caption text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
