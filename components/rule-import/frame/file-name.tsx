/** Control, formatting (right-to-left marks) and unassigned characters: what could disguise a name. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A file's name as it is: hidden characters visible, its own direction kept to itself. */
export function FileName({ name }: { readonly name: string }) {
  return <bdi>{shownName(name)}</bdi>;
}

/** The same as text. */
export function shownName(name: string): string {
  return name.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
