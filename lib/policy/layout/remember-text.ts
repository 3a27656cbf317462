/** Longer texts are parsed anew: remembering them would cost more memory than time. */
const MAX_TEXT_LENGTH = 4096;
/** Up to twice as many are remembered: the recent ones and those before. */
const MAX_RECENT_TEXTS = 4096;

/**
 * A parser that remembers what it made of recent texts. The results are immutable values, so a snapshot built anew
 * shares every unchanged one with the last, and what is derived per value (canonical rules) is derived once.
 */
export function rememberByText<T extends object>(parse: (text: string) => T): (text: string) => T {
  let recent = new Map<string, T>();
  let older = new Map<string, T>();
  return (text) => {
    if (text.length > MAX_TEXT_LENGTH) return parse(text);
    const known = recent.get(text);
    if (known !== undefined) return known;
    const value = older.get(text) ?? parse(text);
    if (recent.size >= MAX_RECENT_TEXTS) {
      older = recent;
      recent = new Map();
    }
    recent.set(text, value);
    return value;
  };
}
