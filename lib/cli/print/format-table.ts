/** A framed table in the classic look, every cell centred; always with its headings, also when it has no rows. */
export function formatTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const edge = `+${widths.map((width) => "-".repeat(width + 2)).join("+")}+`;
  const line = (cells: readonly string[]) =>
    `|${widths.map((width, column) => ` ${centre(cells[column] ?? "", width)} `).join("|")}|`;
  return [edge, line(headings), edge, ...rows.map(line), ...(rows.length > 0 ? [edge] : []), ""].join("\n");
}

function centre(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return text.padStart(text.length + left).padEnd(width);
}
