/** Characters of profile ids, endpoint ids and tag names (policy-model 1.4); no length limit, no trailing newline. */
const NAME = /^[A-Za-z0-9_.-]+$/;

/** True for a text that may stand as a profile id, endpoint id or tag name. */
export function isName(text: string): boolean {
  return NAME.test(text);
}
