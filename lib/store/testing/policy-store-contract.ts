import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { describeBadValues } from "#store/testing/contract/describe-bad-values.ts";
import { describeCommits } from "#store/testing/contract/describe-commits.ts";
import { describeIntents } from "#store/testing/contract/describe-intents.ts";
import { describeJournal } from "#store/testing/contract/describe-journal.ts";
import { describeRaces } from "#store/testing/contract/describe-races.ts";
import { describeSidecars } from "#store/testing/contract/describe-sidecars.ts";
import { describeSnapshots } from "#store/testing/contract/describe-snapshots.ts";
import { describeStatuses } from "#store/testing/contract/describe-statuses.ts";
import { describeWatches } from "#store/testing/contract/describe-watches.ts";
import type { StoreUnderTest } from "#store/testing/store-under-test.ts";

/** The one contract of every policy store: the same tests run against etcd and against memory. */
export function policyStoreContract(name: string, start: () => Promise<StoreUnderTest>): void {
  let running: StoreUnderTest | undefined;
  const subject = (): StoreUnderTest => {
    if (running === undefined) throw new Error("The store under test did not start");
    return running;
  };
  beforeAll(async () => {
    running = await start();
  }, 30_000);
  afterEach(() => subject().clear());
  afterAll(() => subject().stop());

  describe(`${name}: snapshots`, () => describeSnapshots(subject));
  describe(`${name}: commits`, () => describeCommits(subject));
  describe(`${name}: journal`, () => describeJournal(subject));
  describe(`${name}: bad values`, () => describeBadValues(subject));
  describe(`${name}: races`, () => describeRaces(subject));
  describe(`${name}: watches`, () => describeWatches(subject));
  describe(`${name}: beside profiles`, () => describeSidecars(subject));
  describe(`${name}: intents`, () => describeIntents(subject));
  describe(`${name}: statuses`, () => describeStatuses(subject));
}
