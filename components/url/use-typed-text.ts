import { useEffect, useRef, useState } from "react";

/**
 * The text of a field whose value lives in the address. The address answers a moment late, so what was typed is shown
 * at once, and an answer to something typed before is not taken for someone else's change.
 */
export function useTypedText(value: string, onType: (text: string) => void): readonly [string, (text: string) => void] {
  const [text, setText] = useState(value);
  const unanswered = useRef<string[]>([]);
  useEffect(() => {
    const answered = unanswered.current.indexOf(value);
    if (answered >= 0) {
      unanswered.current.splice(0, answered + 1);
      return;
    }
    unanswered.current = [];
    setText(value);
  }, [value]);
  const type = (next: string) => {
    unanswered.current.push(next);
    setText(next);
    onType(next);
  };
  return [text, type];
}
