/** The page of one profile. `.` and `..` are legal ids that a browser would take for folders, so dots are encoded. */
export function profileHref(id: string): string {
  const encoded = /^\.{1,2}$/.test(id) ? `~${id.length}` : encodeURIComponent(id);
  return `/profiles/${encoded}`;
}

/** The id a page was asked for; `~` cannot stand in an id. */
export function profileIdFromPath(segment: string): string {
  if (segment === "~1") return ".";
  return segment === "~2" ? ".." : decodeURIComponent(segment);
}
