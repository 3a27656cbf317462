"use client";

import { CornerDownLeft, Keyboard, PencilLine } from "lucide-react";
import { useId } from "react";
import { formatTraffic, parseTrafficText, wordsOf } from "#analysis/question/reach/traffic-text.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Snapshot } from "#policy/snapshot.ts";
import { PlaceMark } from "../place-mark.tsx";
import type { CheckView } from "../use-check-view.ts";
import { Combo } from "./combo.tsx";
import { placeOptions, trafficOptions } from "./question-options.tsx";
import { RevisionPicker } from "./revision-picker.tsx";

type QuestionBarProps = {
  readonly view: CheckView;
  readonly snapshot: Snapshot;
  readonly draftCount: number;
  readonly onType: () => void;
  readonly onAsk: () => void;
};

/** The question as a sentence; every word that can be another is a button. */
export function QuestionBar({ view, snapshot, draftCount, onType, onAsk }: QuestionBarProps) {
  const { from, to, traffic, ask } = view;
  const on = formatTraffic(traffic);
  const placeHelp = (typed: string) =>
    `Nothing is called “${typed}”. An address or network can be written: 10.0.0.0/8.`;
  const families = traffic.ip_version === undefined ? "IPv4 and IPv6" : `IPv${traffic.ip_version} only`;
  return (
    <div className="flex min-h-[48px] flex-wrap items-center gap-x-2.5 gap-y-2 rounded-card border border-control-line bg-raised px-3.5 py-2 shadow-1">
      <span className="text-heading font-[450] text-ink-2">Can</span>
      <Combo
        label="From"
        value={from === "" ? "somebody" : <PlaceMark place={from} />}
        optionsFor={(typed) => placeOptions(snapshot, typed)}
        emptyText={placeHelp}
        onChoose={(chosen) => ask({ from: chosen })}
      />
      <span className="text-heading font-[450] text-ink-2">reach</span>
      <Combo
        label="To"
        value={to === "" ? "somebody" : <PlaceMark place={to} />}
        optionsFor={(typed) => placeOptions(snapshot, typed)}
        emptyText={placeHelp}
        onChoose={(chosen) => ask({ to: chosen })}
      />
      <span className="text-heading font-[450] text-ink-2">on</span>
      <Combo
        label="On"
        isMono={on !== ""}
        value={on === "" ? "everything" : on}
        optionsFor={(typed) => trafficOptions(snapshot, to, typed)}
        emptyText={() => "Write tcp/7890, udp 53, icmp type 8, ping, or ipv6 tcp/443."}
        onChoose={(chosen) => {
          const read = parseTrafficText(wordsOf(chosen));
          if (read.ok) ask({ traffic: read.value });
        }}
      />
      <button
        type="button"
        onClick={() => ask({ traffic: nextFamily(traffic) })}
        className="min-h-6 rounded-chip px-1 text-small text-ink-2 hover:bg-hover hover:text-ink coarse:min-h-10"
        title="Both, IPv4 only, IPv6 only"
      >
        {families}
      </button>
      <span className="ms-auto flex items-center gap-2">
        {view.rev === undefined ? (
          <StateSwitch view={view} revision={snapshot.revision} draftCount={draftCount} />
        ) : null}
        <RevisionPicker key={view.rev} view={view} />
        <Button
          look="plain"
          size="iconLarge"
          aria-label="Write the question"
          title="Write the question ( / )"
          onClick={onType}
        >
          <Icon of={Keyboard} size={16} />
        </Button>
        <Button look="primary" onClick={onAsk} disabled={from === "" || to === ""}>
          Ask
          <Icon of={CornerDownLeft} size={12} />
        </Button>
      </span>
    </div>
  );
}

function nextFamily(traffic: CheckView["traffic"]): CheckView["traffic"] {
  const { ip_version, ...rest } = traffic;
  if (ip_version === undefined) return { ...rest, ip_version: 4 };
  return ip_version === 4 ? { ...rest, ip_version: 6 } : rest;
}

type StateSwitchProps = { readonly view: CheckView; readonly revision: number; readonly draftCount: number };

/** Which policy answers: the stored one, or the one this browser's drafts would make. */
function StateSwitch({ view, revision, draftCount }: StateSwitchProps) {
  const group = useId();
  if (draftCount === 0) return <span className="text-small text-ink-2">Live, rev {revision}</span>;
  const drafts = draftCount === 1 ? "With your draft" : `With your ${draftCount} drafts`;
  const look =
    "flex h-[26px] cursor-pointer items-center gap-1.5 rounded-chip px-2 text-small has-checked:bg-surface has-checked:font-[600] has-checked:shadow-1 has-focus-visible:outline-2 has-focus-visible:outline-focus coarse:h-10";
  return (
    <fieldset className="flex rounded-control border border-line bg-tag-fill p-0.5">
      <legend className="sr-only">Which policy answers</legend>
      <label className={look}>
        <input
          type="radio"
          name={group}
          className="sr-only"
          checked={!view.isWithDraft}
          onChange={() => view.setWithDraft(false)}
        />
        Live, rev {revision}
      </label>
      <label className={look}>
        <input
          type="radio"
          name={group}
          className="sr-only"
          checked={view.isWithDraft}
          onChange={() => view.setWithDraft(true)}
        />
        <Icon of={PencilLine} size={12} className="text-amber-text" />
        {drafts}
      </label>
    </fieldset>
  );
}
