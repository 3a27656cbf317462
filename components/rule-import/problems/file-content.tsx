import type { ParsedSource } from "../import-state.ts";

/** What can be taken of a file, and what of it an import leaves alone. */
export function FileContent({ source: { shape, parts = [], leftOut, issueCount } }: { readonly source: ParsedSource }) {
  const inbound = parts.reduce((sum, part) => sum + part.inbound, 0);
  const outbound = parts.reduce((sum, part) => sum + part.outbound, 0);
  const rules = `${inbound} inbound, ${outbound} outbound`;
  if (shape === "rules") return <span>Every rule can be read: {rules}.</span>;
  const tagCount = parts.filter(({ tags }) => tags !== undefined).length;
  return (
    <span>
      {shape === "list" ? "A list of" : "An exported state with"} {countWords(parts.length, "profile")}
      {issueCount === 0
        ? ". Every rule can be read"
        : " that can be taken. Values with an error are left as they are stored. Readable"}
      : {rules}.{" "}
      {leftOut === undefined ? null : (
        <>
          {tagCount > 0 ? `Tags of ${countWords(tagCount, "profile")} are left alone unless you take them below. ` : ""}
          {leftOutWords(leftOut)}
        </>
      )}
    </span>
  );
}

function leftOutWords({ endpoints, hosts, settings }: NonNullable<ParsedSource["leftOut"]>): string {
  const parts = [
    ...(endpoints > 0 ? [countWords(endpoints, "endpoint")] : []),
    ...(hosts > 0 ? [countWords(hosts, "host")] : []),
    ...(settings > 0 ? [countWords(settings, "setting")] : []),
  ];
  if (parts.length === 0) return "";
  const last = parts.at(-1) ?? "";
  const list = parts.length === 1 ? last : `${parts.slice(0, -1).join(", ")} and ${last}`;
  return `Not imported from here: ${list}. “calicoctl import” takes the whole file.`;
}

function countWords(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
