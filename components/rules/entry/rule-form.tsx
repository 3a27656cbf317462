import { VerdictMark } from "#components/marks/verdict-mark.tsx";
import { Field, SelectField } from "#components/ui/field.tsx";
import { PROTOCOL_NAMES } from "#policy/protocol.ts";
import type { RuleFields, SideFields } from "./rule-fields.ts";

type RuleFormProps = {
  readonly fields: RuleFields;
  readonly onChange: (fields: Partial<RuleFields>) => void;
  /** Tags the policy knows, offered while typing. */
  readonly tagListId: string;
};

/** The fields of a rule. They write the one-line text, which is what is read. */
export function RuleForm({ fields, onChange, tagListId }: RuleFormProps) {
  const protocols =
    PROTOCOL_NAMES.includes(fields.protocol) || fields.protocol === ""
      ? PROTOCOL_NAMES
      : [...PROTOCOL_NAMES, fields.protocol];
  const isIcmp = fields.protocol === "icmp" || fields.protocol === "icmpv6";
  return (
    <div className="flex flex-col gap-3.5">
      <ActionSwitch action={fields.action} onChange={(action) => onChange({ action })} />
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label="Protocol"
          value={fields.protocol}
          onChange={(event) => onChange({ protocol: event.target.value })}
        >
          <option value="">any</option>
          {protocols.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <SelectField
          label="IP version"
          value={fields.ipVersion}
          onChange={(event) => onChange({ ipVersion: event.target.value })}
        >
          <option value="">4 and 6</option>
          <option value="4">4 only</option>
          <option value="6">6 only</option>
        </SelectField>
        {isIcmp ? (
          <>
            <Field
              label="ICMP type"
              inputMode="numeric"
              placeholder="any"
              value={fields.icmpType}
              onChange={(event) => onChange({ icmpType: event.target.value })}
            />
            <Field
              label="ICMP code"
              inputMode="numeric"
              placeholder="any"
              value={fields.icmpCode}
              onChange={(event) => onChange({ icmpCode: event.target.value })}
            />
          </>
        ) : null}
      </div>
      <SideForm title="From" side={fields.src} tagListId={tagListId} onChange={(src) => onChange({ src })} />
      <SideForm title="To" side={fields.dst} tagListId={tagListId} onChange={(dst) => onChange({ dst })} />
      {hasKept(fields) ? (
        <p className="text-caption text-ink-3">
          What the rule excludes with “not”, and its log prefix, stand in the line above and stay as they are.
        </p>
      ) : null}
    </div>
  );
}

type SideFormProps = {
  readonly title: "From" | "To";
  readonly side: SideFields;
  readonly tagListId: string;
  readonly onChange: (side: SideFields) => void;
};

function SideForm({ title, side, tagListId, onChange }: SideFormProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-small font-[600]">{title}</legend>
      <div className="grid grid-cols-3 gap-3 max-sm:grid-cols-1">
        <Field
          label={<Named side={title} field="tag" />}
          isMono
          list={tagListId}
          placeholder="any"
          value={side.tag}
          onChange={(event) => onChange({ ...side, tag: event.target.value })}
        />
        <Field
          label={<Named side={title} field="address range" />}
          isMono
          placeholder="any"
          value={side.net}
          onChange={(event) => onChange({ ...side, net: event.target.value })}
        />
        <Field
          label={<Named side={title} field="ports" />}
          isMono
          placeholder="any"
          value={side.ports}
          onChange={(event) => onChange({ ...side, ports: event.target.value })}
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

function hasKept({ kept }: RuleFields): boolean {
  const words = [kept.proto, kept.icmp, kept.prefix, ...Object.values(kept.src), ...Object.values(kept.dst)];
  return words.some((each) => each !== "");
}
