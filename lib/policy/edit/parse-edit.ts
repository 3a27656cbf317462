import type { ProfileEdit, SidecarEdit } from "#policy/edit/profile-edit.ts";
import type { Issue, IssuePath } from "#policy/issue.ts";
import { parseStoredRule } from "#policy/parse-stored-rule.ts";
import type { Direction, Position, Rule } from "#policy/rule.ts";
import { fieldOf, isJsonObject, type JsonObject, kindOfValue, showValue } from "#policy/rule-fields/json-object.ts";
import { parseComment } from "#policy/sidecar/parse-comment.ts";
import { parseSidecar } from "#policy/sidecar/sidecar-value.ts";
import { parseTag, type Tag } from "#policy/tag.ts";
import { parseTags } from "#policy/tags-value.ts";
import { err, ok, type Result } from "#prelude/result.ts";

type Parsed<T> = Result<T, readonly Issue[]>;
type Fields = Readonly<Record<string, Parsed<unknown>>>;
type Values<F extends Fields> = { readonly [K in keyof F]: F[K] extends Result<infer T, readonly Issue[]> ? T : never };

type ParseRule = (value: unknown, path: IssuePath) => Parsed<Rule>;

/**
 * Accepts an edit from outside. `parseNew` judges a rule that comes alone; whole lists, and a rule that is only looked
 * for, may hold whatever is legal in storage, so that what others wrote can be kept and removed.
 */
export function parseEdit(value: unknown, parseNew: ParseRule): Parsed<ProfileEdit> {
  if (!isJsonObject(value)) return refuse([], kindOfValue(value), "an edit");
  switch (value.kind) {
    case "insert-rule":
    case "replace-rule":
    case "remove-rule":
    case "remove-equal":
    case "move-rule":
      return parseListEdit(value, value.kind, parseNew);
    case "replace-rules": {
      const lists = all({ inbound: readRules(value, "inbound"), outbound: readRules(value, "outbound") });
      return lists.ok ? ok({ kind: "replace-rules", ...lists.value }) : lists;
    }
    case "add-tag":
    case "remove-tag": {
      const tag = readTag(value);
      return tag.ok ? ok({ kind: value.kind, tag: tag.value }) : tag;
    }
    case "replace-tags": {
      const tags = under("tags", parseTags(value.tags));
      return tags.ok ? ok({ kind: "replace-tags", tags: tags.value }) : tags;
    }
    case "park-rule":
    case "restore-rule":
    case "remove-parked":
    case "comment-rule":
    case "comment-parked":
      return parseBesideEdit(value, value.kind);
    case "replace-sidecar": {
      const sidecar = under("sidecar", parseSidecar(value.sidecar));
      return sidecar.ok ? ok({ kind: "replace-sidecar", sidecar: sidecar.value }) : sidecar;
    }
    default:
      return refuse(["kind"], showValue(value.kind), "a kind of edit");
  }
}

type ListEditKind = "insert-rule" | "replace-rule" | "remove-rule" | "remove-equal" | "move-rule";

function parseListEdit(edit: JsonObject, kind: ListEditKind, parseNew: ParseRule): Parsed<ProfileEdit> {
  const direction = readDirection(edit);
  switch (kind) {
    case "insert-rule": {
      const isAppended = fieldOf(edit, "at") === undefined;
      const fields = all({
        direction,
        rule: parseNew(edit.rule, ["rule"]),
        at: isAppended ? ok(undefined) : readPosition(edit, "at"),
      });
      if (!fields.ok) return fields;
      const { at, ...rest } = fields.value;
      return ok({ kind, ...rest, ...(at !== undefined && { at }) });
    }
    case "replace-rule":
      return withKind(kind, all({ direction, rule: parseNew(edit.rule, ["rule"]), at: readPosition(edit, "at") }));
    case "remove-rule":
      return withKind(kind, all({ direction, at: readPosition(edit, "at") }));
    case "remove-equal":
      return withKind(kind, all({ direction, rule: parseStoredRule(edit.rule, ["rule"]) }));
    case "move-rule":
      return withKind(kind, all({ direction, from: readPosition(edit, "from"), to: readPosition(edit, "to") }));
  }
}

type BesideEditKind = Exclude<SidecarEdit["kind"], "replace-sidecar">;

/** A parked rule was in the list before, so like other stored rules it may be what our door would not take anew. */
function parseBesideEdit(edit: JsonObject, kind: BesideEditKind): Parsed<ProfileEdit> {
  const direction = readDirection(edit);
  const rule = () => parseStoredRule(edit.rule, ["rule"]);
  switch (kind) {
    case "park-rule":
      return withKind(kind, all({ direction, at: readPosition(edit, "at") }));
    case "restore-rule":
      return withKind(kind, all({ direction, rule: rule(), at: readPosition(edit, "at") }));
    case "remove-parked":
      return withKind(kind, all({ direction, rule: rule() }));
    case "comment-rule":
      return withKind(kind, all({ direction, at: readPosition(edit, "at"), text: readText(edit) }));
    case "comment-parked":
      return withKind(kind, all({ direction, rule: rule(), text: readText(edit) }));
  }
}

function readText(edit: JsonObject): Parsed<string> {
  const comment = parseComment(edit.text);
  return comment.ok ? comment : err([{ ...comment.error, path: ["text"] }]);
}

function withKind<K extends ProfileEdit["kind"], F>(kind: K, fields: Parsed<F>): Parsed<F & { readonly kind: K }> {
  return fields.ok ? ok({ kind, ...fields.value }) : fields;
}

function readDirection(edit: JsonObject): Parsed<Direction> {
  const { direction } = edit;
  return direction === "inbound" || direction === "outbound"
    ? ok(direction)
    : refuse(["direction"], showValue(direction), "inbound or outbound");
}

/** Whether the list is that long is for applyEdit to say. */
function readPosition(edit: JsonObject, field: string): Parsed<Position> {
  const position = edit[field];
  return typeof position === "number" && Number.isSafeInteger(position)
    ? ok(position)
    : refuse([field], showValue(position), "a position");
}

function readRules(edit: JsonObject, field: "inbound" | "outbound"): Parsed<readonly Rule[]> {
  const list = edit[field];
  if (!Array.isArray(list)) return refuse([field], kindOfValue(list), "a list of rules");
  const parsed = Array.from(list, (rule: unknown, index) => parseStoredRule(rule, [field, index]));
  const issues = parsed.flatMap((rule) => (rule.ok ? [] : rule.error));
  return issues.length > 0 ? err(issues) : ok(parsed.flatMap((rule) => (rule.ok ? [rule.value] : [])));
}

function readTag(edit: JsonObject): Parsed<Tag> {
  const tag = parseTag(edit.tag);
  return tag.ok ? tag : err([{ ...tag.error, path: ["tag"] }]);
}

/** All values, or all issues of all of them. */
function all<F extends Fields>(fields: F): Parsed<Values<F>> {
  const issues = Object.values(fields).flatMap((field) => (field.ok ? [] : field.error));
  if (issues.length > 0) return err(issues);
  const values = Object.entries(fields).map(([name, field]) => [name, field.ok ? field.value : undefined]);
  return ok(Object.fromEntries(values) as Values<F>);
}

function under<T>(field: string, parsed: Parsed<T>): Parsed<T> {
  return parsed.ok ? parsed : err(parsed.error.map((issue) => ({ ...issue, path: [field, ...issue.path] })));
}

function refuse(path: IssuePath, found: string, expected: string): Parsed<never> {
  return err([{ kind: "wrong-type", found, expected, path }]);
}
