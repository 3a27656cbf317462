const GREEN = 32;
const RED = 31;

/** A verdict, green or red where the terminal takes colour; the word itself always says it. */
export function paintVerdict(verdict: "allow" | "deny", isColoured: boolean): string {
  return isColoured ? `\u001b[${verdict === "allow" ? GREEN : RED}m${verdict}\u001b[0m` : verdict;
}
