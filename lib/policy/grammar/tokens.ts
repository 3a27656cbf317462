/** One word of a rule and where it stands in the text. */
export type Token = { readonly text: string; readonly offset: number };

/** A rule's text and its words. */
export type TokenizedText = { readonly text: string; readonly tokens: readonly Token[] };

/**
 * Splits a rule into words at white space. Words that come apart already (a command line) are not split again:
 * their offsets count in the words joined by single blanks.
 */
export function tokenize(words: string | readonly string[]): TokenizedText {
  if (typeof words === "string") {
    return { text: words, tokens: [...words.matchAll(/\S+/g)].map((word) => ({ text: word[0], offset: word.index })) };
  }
  let offset = 0;
  const tokens = words.map((text) => {
    const token = { text, offset };
    offset += text.length + 1;
    return token;
  });
  return { text: words.join(" "), tokens };
}
