type Printable = Readonly<Record<string, unknown>>;

/** The rules in a stored value that is invalid, as far as they can be made out; nothing where they cannot. */
export function readInvalidRules(text: string): {
  readonly inbound: readonly Printable[];
  readonly outbound: readonly Printable[];
} {
  const value = parseJson(text);
  return { inbound: objectsIn(value, "inbound_rules"), outbound: objectsIn(value, "outbound_rules") };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function objectsIn(value: unknown, key: string): readonly Printable[] {
  const list = isObject(value) ? value[key] : undefined;
  // A rule that is no object keeps its place in the numbering.
  return Array.isArray(list) ? list.map((rule: unknown) => (isObject(rule) ? rule : { "": rule })) : [];
}

function isObject(value: unknown): value is Printable {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
