/**
 * The line of a program's input that its words are about. Programs count from their start; `linesBefore` were fed before
 * this input. Undefined when they name no line, or only the COMMIT behind all of them.
 */
export function refusedLine(words: string, input: string, linesBefore = 0): string | undefined {
  const number = Number(/\bline:? (\d+)/.exec(words)?.[1]) - linesBefore;
  const line = input.split("\n")[number - 1];
  return line === "" || line === "COMMIT" ? undefined : line;
}
