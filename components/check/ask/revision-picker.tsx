import { useState } from "react";
import { Field } from "#components/ui/field.tsx";
import type { CheckView } from "../use-check-view.ts";

/** Which revision is asked: a number, or nothing for what is live. */
export function RevisionPicker({ view }: { readonly view: CheckView }) {
  const [text, setText] = useState(view.rev?.toString() ?? "");
  const isNumber = /^[1-9]\d{0,15}$/.test(text);
  const take = () => {
    if (text === "" || isNumber) view.setRev(text === "" ? undefined : Number(text));
  };
  return (
    <form
      className="flex items-center gap-1.5 [&>div]:w-20"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <span aria-hidden="true" className="text-small text-ink-2">
        {view.rev === undefined ? "or" : "At"} rev
      </span>
      <Field
        label="At revision"
        isLabelHidden
        isMono
        inputMode="numeric"
        title="A revision to ask instead of what is live"
        value={text}
        onChange={(event) => setText(event.target.value.trim())}
        onBlur={take}
        {...(text === "" || isNumber ? {} : { error: "A number" })}
      />
    </form>
  );
}
