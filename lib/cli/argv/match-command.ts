import { type CommandSpec, commandTable } from "#cli/argv/command-table.ts";
import { UsageError } from "#cli/argv/usage-error.ts";

export type MatchedCommand = {
  readonly spec: CommandSpec;
  readonly words: Readonly<Record<string, readonly string[]>>;
};

/**
 * Finds the command that the words spell out, whole. A profile may be called `add`, `show` or `rule`: what decides is
 * the whole shape (`profile add rule` creates a profile, `profile add rule show` asks the profile called add).
 */
export function matchCommand(words: readonly string[]): MatchedCommand {
  for (const spec of commandTable) {
    const matched = matchPattern(spec.pattern, words);
    if (matched !== undefined) return { spec, words: matched };
  }
  const nearest = nearestPatterns(words);
  const typed = words.length === 0 ? "no command given" : `no such command: ${words.join(" ")}`;
  throw new UsageError(typed, nearest);
}

function matchPattern(
  pattern: string,
  words: readonly string[],
): Readonly<Record<string, readonly string[]>> | undefined {
  const parts = pattern.split(" ");
  const taken: Record<string, readonly string[]> = {};
  for (const [index, part] of parts.entries()) {
    const rest = part.match(/^[<[](\w+)\.\.\.[>\]]$/);
    if (rest?.[1] !== undefined) {
      taken[rest[1]] = words.slice(index);
      return part.startsWith("<") && words.length <= index ? undefined : taken;
    }
    const word = words[index];
    if (word === undefined || !matchesPart(part, word)) return undefined;
    taken[part.startsWith("<") ? part.slice(1, -1) : part] = [word];
  }
  return words.length === parts.length ? taken : undefined;
}

function matchesPart(part: string, word: string): boolean {
  return part.startsWith("<") || part.split("|").includes(word);
}

/** The commands that agree with the most leading words. */
function nearestPatterns(words: readonly string[]): readonly string[] {
  const agreements = commandTable.map(({ pattern }) => ({ pattern, count: agreeingWords(pattern, words) }));
  const most = Math.max(...agreements.map(({ count }) => count));
  return agreements.filter(({ count }) => count === most).map(({ pattern }) => pattern);
}

function agreeingWords(pattern: string, words: readonly string[]): number {
  const parts = pattern.split(" ");
  const differs = parts.findIndex((part, index) => {
    const word = words[index];
    return word === undefined || !(/^[<[]/.test(part) || part.split("|").includes(word));
  });
  return differs === -1 ? parts.length : differs;
}
