import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Field, SelectField } from "#components/ui/field.tsx";
import { PROTOCOL_NAMES } from "#policy/protocol.ts";
import { hasExclusion, type IcmpFields, type PlaceFields, type RuleFields, type SideFields } from "./rule-fields.ts";

type RuleFormProps = {
  readonly fields: RuleFields;
  readonly onChange: (fields: Partial<RuleFields>) => void;
  /** Tags the policy knows, offered while typing. */
  readonly tagListId: string;
  /** `panel` is narrow: one field below the other. */
  readonly room?: "dialog" | "panel";
  /** What is known of a tag, said below its field. */
  readonly describeTag?: ((tag: string) => string | undefined) | undefined;
  /** How much of the kernel's room the destination ports take. */
  readonly portsHint?: string | undefined;
};

/** A field for everything a rule can say. They write the one-line text, which is what is read. */
export function RuleForm(props: RuleFormProps) {
  const { fields, onChange, tagListId, room = "dialog", describeTag, portsHint } = props;
  const isIcmp = fields.protocol === "" || ["icmp", "icmpv6", "1", "58"].includes(fields.protocol.trim());
  const hasLog = fields.action === "log" || fields.prefix !== "";
  return (
    <div className="flex flex-col gap-3.5">
      <ActionSwitch action={fields.action} onChange={(action) => onChange({ action })} />
      {hasLog ? (
        <Field
          label="Log prefix"
          isMono
          maxLength={100}
          placeholder="none"
          hint="One word of letters, digits, - _ and :. The kernel keeps 27 characters."
          value={fields.prefix}
          onChange={(event) => onChange({ prefix: event.target.value })}
        />
      ) : null}
      <div className="grid grid-cols-2 gap-3">
        <ProtocolField label="Protocol" value={fields.protocol} onChange={(protocol) => onChange({ protocol })} />
        <SelectField
          label="IP version"
          value={fields.ipVersion}
          onChange={(event) => onChange({ ipVersion: event.target.value })}
        >
          <option value="">4 and 6</option>
          <option value="4">4 only</option>
          <option value="6">6 only</option>
        </SelectField>
        {isIcmp || fields.icmp.type !== "" || fields.icmp.code !== "" ? (
          <IcmpPair label="ICMP" value={fields.icmp} onChange={(icmp) => onChange({ icmp })} />
        ) : null}
      </div>
      <SideForm
        {...{ tagListId, room, describeTag }}
        title="From"
        side={fields.src}
        onChange={(src) => onChange({ src: { ...fields.src, ...src } })}
      />
      <SideForm
        {...{ tagListId, room, describeTag, portsHint }}
        title="To"
        side={fields.dst}
        onChange={(dst) => onChange({ dst: { ...fields.dst, ...dst } })}
      />
      <Exclusions {...{ fields, onChange, tagListId, room }} />
    </div>
  );
}

type ExclusionsProps = Pick<RuleFormProps, "fields" | "onChange" | "tagListId" | "room">;

/** What the packet must not be: seldom used, so it opens by itself only where a rule excludes something. */
function Exclusions({ fields, onChange, tagListId, room = "dialog" }: ExclusionsProps) {
  const change = (end: "src" | "dst") => (not: Partial<PlaceFields>) => {
    const side: SideFields = fields[end];
    onChange({ [end]: { ...side, not: { ...side.not, ...not } } });
  };
  return (
    <details open={hasExclusion(fields)} className="rounded-control border border-line px-3 py-2">
      <summary className="min-h-6 cursor-pointer text-small font-[600] text-ink-2">Except (not)</summary>
      <div className="flex flex-col gap-3.5 pt-2">
        <div className="grid grid-cols-2 gap-3">
          <ProtocolField
            label="Not protocol"
            value={fields.notProtocol}
            onChange={(notProtocol) => onChange({ notProtocol })}
          />
          <span />
          <IcmpPair label="Not ICMP" value={fields.notIcmp} onChange={(notIcmp) => onChange({ notIcmp })} />
        </div>
        <SideForm {...{ tagListId, room }} title="Not from" side={fields.src.not} onChange={change("src")} />
        <SideForm {...{ tagListId, room }} title="Not to" side={fields.dst.not} onChange={change("dst")} />
      </div>
    </details>
  );
}

type ProtocolFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
};

/** Six names, or any number from 1 to 255. */
function ProtocolField({ label, value, onChange }: ProtocolFieldProps) {
  const listId = `protocols-${label.replaceAll(" ", "-")}`;
  return (
    <span>
      <Field
        label={label}
        list={listId}
        maxLength={20}
        placeholder="any"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={listId}>
        {PROTOCOL_NAMES.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </span>
  );
}

type IcmpPairProps = {
  readonly label: string;
  readonly value: IcmpFields;
  readonly onChange: (value: IcmpFields) => void;
};

function IcmpPair({ label, value, onChange }: IcmpPairProps) {
  const shared = { inputMode: "numeric", maxLength: 5, placeholder: "any" } as const;
  return (
    <>
      <Field
        label={`${label} type`}
        value={value.type}
        onChange={(event) => onChange({ ...value, type: event.target.value })}
        {...shared}
      />
      <Field
        label={`${label} code`}
        value={value.code}
        onChange={(event) => onChange({ ...value, code: event.target.value })}
        {...shared}
      />
    </>
  );
}

type SideFormProps = Pick<RuleFormProps, "tagListId" | "describeTag" | "portsHint"> & {
  readonly title: "From" | "To" | "Not from" | "Not to";
  readonly room: "dialog" | "panel";
  readonly side: PlaceFields;
  readonly onChange: (side: Partial<PlaceFields>) => void;
};

function SideForm({ title, side, tagListId, room, describeTag, portsHint, onChange }: SideFormProps) {
  const columns = room === "panel" ? "grid-cols-2" : "grid-cols-3 max-sm:grid-cols-1";
  return (
    <fieldset>
      <legend className="mb-1 text-small font-[600]">{title}</legend>
      <div className={`grid gap-3 ${columns}`}>
        <Field
          label={<Named side={title} field="tag" />}
          isMono
          list={tagListId}
          maxLength={1_000}
          placeholder="any"
          hint={side.tag === "" ? undefined : describeTag?.(side.tag.trim())}
          value={side.tag}
          onChange={(event) => onChange({ tag: event.target.value })}
        />
        <Field
          label={<Named side={title} field="address range" />}
          isMono
          maxLength={100}
          placeholder="any"
          value={side.net}
          onChange={(event) => onChange({ net: event.target.value })}
        />
        <Field
          className={room === "panel" ? "col-span-2" : ""}
          label={<Named side={title} field="ports" />}
          isMono
          maxLength={5_000}
          placeholder="any"
          hint={side.ports === "" ? undefined : portsHint}
          value={side.ports}
          onChange={(event) => onChange({ ports: event.target.value })}
        />
      </div>
    </fieldset>
  );
}

function Named({ side, field }: { readonly side: string; readonly field: string }) {
  return (
    <>
      <span className="sr-only">{side} </span>
      {field}
    </>
  );
}

const OFFERED = [
  { action: "allow", word: "Allow" },
  { action: "deny", word: "Deny" },
  { action: "log", word: "Log" },
] as const;

/** Allow, deny or log; colour comes with the mark and the word. */
function ActionSwitch({ action, onChange }: { readonly action: string; readonly onChange: (action: string) => void }) {
  return (
    <fieldset>
      <legend className="mb-1 text-small font-[550] text-ink-2">Action</legend>
      <div className="flex w-fit gap-0.5 rounded-control border border-line-strong bg-tag-fill p-0.5">
        {OFFERED.map((offered) => (
          <label
            key={offered.action}
            className="flex h-7 cursor-pointer items-center gap-2 rounded-chip border border-transparent px-4 font-[550] text-ink-2 has-checked:border-line-strong has-checked:bg-raised has-checked:text-ink has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-10"
          >
            <input
              type="radio"
              name="action"
              className="sr-only"
              checked={action === offered.action}
              onChange={() => onChange(offered.action)}
            />
            <VerdictMark mark={offered.action} />
            {offered.word}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
