import fc from "fast-check";
import { applyEdits } from "#policy/edit/apply-edit.ts";
import type { Profile } from "#policy/profile.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { formatRulesValue, parseRulesValue } from "#policy/rules-value.ts";
import { parseSidecarValue } from "#policy/sidecar/sidecar-value.ts";
import { runCount } from "#testing/run-count.ts";
import { expect, test } from "../support/board-test.ts";
import { type Gesture, type RacingEditor, racingEditor, type Work } from "../support/racing-editor.ts";
import { readJournal } from "../support/read-journal.ts";

const RULES = "/calico/v1/policy/profile/DB/rules";
const SIDECAR = "/tortie/v1/sidecar/profile/DB";
const { numRuns } = runCount(20);
const seed = Number(process.env.TORTIE_SEED ?? Date.now() % 1_000_000_000);

const gesture: fc.Arbitrary<Gesture> = fc.record({
  what: fc.constantFrom("move", "move", "remove", "park", "add", "change", "comment"),
  place: fc.nat(99),
  pick: fc.nat(99),
});
const turn = fc.record({ gestures: fc.array(gesture, { minLength: 1, maxLength: 3 }), decide: fc.nat(9) });
const races = fc.sample(fc.tuple(turn, turn), { numRuns, seed });

test(`two people race on one profile ${numRuns} times: a serial order of the saves is stored, and nothing is lost`, async ({
  page,
  seed: store,
  keys,
  etcd,
  browser,
  board,
}) => {
  test.setTimeout(60_000 + numRuns * 15_000);
  console.log(`TORTIE_SEED=${seed}`);
  const inbound_rules = [10, 11, 12, 13, 14].map((port) => ({ action: "allow", protocol: "tcp", dst_ports: [port] }));
  await store({ profiles: { DB: { tags: ["DB"], rules: { inbound_rules, outbound_rules: [] } } } });
  const start = await readStored(keys.get);
  const context = await browser.newContext({ baseURL: board.url });
  const [ana, ben] = [
    await racingEditor(page, "DB", 20_000),
    await racingEditor(await context.newPage(), "DB", 40_000),
  ];
  for (const [run, [hers, his]] of races.entries()) {
    const before = await readStored(keys.get);
    const done = await Promise.all([ana.work(hers.gestures, hers.decide), ben.work(his.gestures, his.decide)]);
    const stored = await readStored(keys.get);
    const told = `run ${run} of TORTIE_SEED=${seed}: ${JSON.stringify([hers, his])}`;
    expectNothingLost({ before, stored, done, told });
    for (const each of [ana, ben]) await expectShown(each, stored, told);
  }
  let serial = start;
  for (const { edits, after } of await readJournal(etcd.endpoint)) {
    const next = applyEdits(serial, edits);
    if (!next.ok) throw new Error(`a save cannot be repeated on the one before it: ${JSON.stringify(next.error)}`);
    serial = next.value;
    expect(rulesText(serial), "each save left what it stored").toBe(
      rulesText(profileOf(after.get(RULES) ?? rulesText(serial))),
    );
  }
  expect(rulesText(serial), "the saves one after the other").toBe(rulesText(await readStored(keys.get)));
  await context.close();
});

function profileOf(rules: string | undefined, sidecar?: string): Profile {
  const id = parseProfileId("DB");
  if (!id.ok) throw new Error("DB is an id");
  return {
    id: id.value,
    tags: { kind: "missing" },
    rules: rules === undefined ? { kind: "missing" } : parseRulesValue(rules),
    sidecar: sidecar === undefined ? { kind: "missing" } : parseSidecarValue(sidecar),
  };
}

async function readStored(get: (key: string) => Promise<string | undefined>): Promise<Profile> {
  return profileOf(await get(RULES), await get(SIDECAR));
}

function rulesText({ rules }: Profile): string {
  if (rules.kind !== "valid") throw new Error("the rules cannot be read");
  return formatRulesValue(rules.value);
}

function portsIn(rules: readonly object[]): readonly number[] {
  return rules.map((rule) => Number(/"dst_ports":\[(\d+)\]/.exec(JSON.stringify(rule))?.[1]));
}

/** Ports of the list, then those that are parked. */
function portsOf({ rules, sidecar }: Profile) {
  return {
    list: portsIn(rules.kind === "valid" ? rules.value.inbound : []),
    parked: portsIn(sidecar?.kind === "valid" ? sidecar.value.inbound.parked.map(({ rule }) => rule) : []),
  };
}

type Race = {
  readonly before: Profile;
  readonly stored: Profile;
  readonly done: readonly Work[];
  readonly told: string;
};

/** Whatever was there or made is there once, unless somebody took it away; a person decided about the rest. */
function expectNothingLost({ before, stored, done, told }: Race): void {
  const [was, is] = [portsOf(before), portsOf(stored)];
  const asked = new Set(done.flatMap((each) => [...each.asked]));
  // What one removed and the other parked stays parked.
  const parked = new Set(done.flatMap((each) => [...each.parked]));
  const removed = new Set(done.flatMap((each) => [...each.removed]).filter((port) => !parked.has(port)));
  const taken = new Set([...removed, ...done.flatMap((each) => [...each.changed])]);
  const made = done.flatMap((each) => [...each.made]);
  const wanted = [...was.list, ...was.parked, ...made].filter((port) => !taken.has(port) && !asked.has(port));
  const found = [...is.list, ...is.parked];
  expect(new Set(found).size, `no rule stands twice, ${told}`).toBe(found.length);
  expect(found.filter((port) => !asked.has(port)).toSorted(), told).toEqual(wanted.toSorted());
  const text = JSON.stringify(stored.sidecar);
  for (const [port, comment] of done.flatMap((each) => [...each.comments])) {
    if (removed.has(port) || asked.has(port)) continue;
    expect(text, `the comment of ${port}, ${told}`).toContain(comment);
  }
}

async function expectShown(editor: RacingEditor, stored: Profile, told: string): Promise<void> {
  await expect.poll(() => editor.ports(), told).toEqual(portsOf(stored).list);
  await expect.poll(() => editor.isAtRest(), told).toBe(true);
}
