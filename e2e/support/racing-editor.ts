import type { Page } from "@playwright/test";
import { expect, openBoard } from "./board-test.ts";

/** What a person does to one rule; `place` and `pick` are taken as they fit. */
export type Gesture = {
  readonly what: "move" | "remove" | "park" | "add" | "change" | "comment";
  readonly place: number;
  readonly pick: number;
};

/** Everything one person did, and every rule they were asked about. */
export type Work = {
  readonly made: Set<number>;
  readonly removed: Set<number>;
  readonly parked: Set<number>;
  /** What a rule was before it was written anew. */
  readonly changed: Set<number>;
  readonly asked: Set<number>;
  /** The last words about each rule. */
  readonly comments: Map<number, string>;
};

/** A person at the page of one profile, whose rules are told apart by their ports. */
export interface RacingEditor {
  readonly page: Page;
  /** Does all of it, then saves until nothing is left to save, and says what was done. */
  work(gestures: readonly Gesture[], decide: number): Promise<Work>;
  /** The ports of the inbound rules as they stand on the page. */
  ports(): Promise<readonly number[]>;
  isAtRest(): Promise<boolean>;
}

const MOVES = ["ArrowUp", "ArrowDown", "Home", "End"] as const;
const ROWS = "[data-direction=inbound] [data-rule] [data-row-button]";

/** Opens the page; new rules get ports from `firstPort` on, so that no two people write the same one. */
export async function racingEditor(page: Page, id: string, firstPort: number): Promise<RacingEditor> {
  await openBoard(page, `/profiles/${id}`);
  let next = firstPort;
  const inspector = page.getByRole("complementary", { name: "Inspector" });

  const ports = () =>
    page.evaluate(
      (rows) =>
        [...document.querySelectorAll(rows)].map((row) =>
          Number(/ports (\d+)/.exec(row.getAttribute("title") ?? "")?.[1]),
        ),
      ROWS,
    );
  /** Finds the row and presses the key in one go: nothing can come in between, as nothing can under a finger. */
  const press = (place: number, key: string, altKey = false) =>
    page.evaluate(
      ([rows, at, pressed, alt]) => {
        const all = [...document.querySelectorAll<HTMLElement>(rows)];
        const row = all[at % Math.max(all.length, 1)];
        if (row === undefined) return undefined;
        const port = Number(/ports (\d+)/.exec(row.title)?.[1]);
        row.focus();
        if (pressed === "click") row.click();
        else
          row.dispatchEvent(
            new KeyboardEvent("keydown", { key: pressed, altKey: alt, bubbles: true, cancelable: true }),
          );
        return port;
      },
      [ROWS, place, key, altKey] as const,
    );

  const add = async (work: Work) => {
    next += 1;
    const entry = page.getByLabel("Add inbound rule", { exact: true });
    await entry.fill(`allow tcp to ports ${next}`);
    await entry.press("Enter");
    work.made.add(next);
    await expect(page.locator(`${ROWS}[title^='allow tcp to ports ${next}']`)).toBeAttached();
  };

  const change = async (work: Work, place: number) => {
    const port = await press(place, "click");
    if (port === undefined) return;
    next += 1;
    const line = inspector.getByLabel("Rule", { exact: true });
    // Someone may have removed the rule in this moment: then there is nothing to write in.
    const isWritten = await line.fill(`allow tcp to ports ${next}`, { timeout: 1_000 }).then(
      () => true,
      () => false,
    );
    if (!isWritten) return;
    work.made.add(next);
    work.changed.add(port);
  };

  const comment = async (work: Work, place: number) => {
    const port = await press(place, "click");
    if (port === undefined) return;
    next += 1;
    const text = `note ${next}`;
    const field = inspector.getByLabel(/^Comment/);
    const isWritten = await field.fill(text, { timeout: 1_000 }).then(
      () => field.blur({ timeout: 1_000 }).then(() => true),
      () => false,
    );
    if (isWritten) work.comments.set(port, text);
  };

  const gesture = async ({ what, place, pick }: Gesture, work: Work) => {
    const count = (await ports()).length;
    if (what === "add" || count < 3) return add(work);
    if (what === "change") return change(work, place);
    if (what === "comment") return comment(work, place);
    if (what === "move") return void (await press(place, MOVES[pick % MOVES.length] ?? "End", true));
    const port = await press(place, what === "park" ? "p" : "Delete");
    if (port !== undefined) (what === "park" ? work.parked : work.removed).add(port);
  };

  const decideAll = async (work: Work, decide: number) => {
    const dialog = page.getByRole("dialog", { name: /to decide in/ });
    const conflicts = dialog.locator("[data-conflict]");
    const texts = await conflicts.evaluateAll((all) =>
      all.map((one) => [one.getAttribute("data-conflict"), one.textContent]),
    );
    for (const [name, text] of texts) {
      if (name?.endsWith("order")) continue;
      for (const [, port] of (text ?? "").matchAll(/(\d{2,5})/g)) work.asked.add(Number(port));
    }
    await dialog.press(String((decide % 2) + 1));
    await dialog.getByRole("button", { name: "Merge" }).click({ timeout: 3_000 });
  };

  const state = () =>
    page.evaluate(() => {
      if (document.querySelector("[role=dialog]") !== null) return "asked";
      const bar = document.querySelector("[data-impact-bar]");
      if (bar === null) return "clean";
      const label = [...bar.querySelectorAll("button")].at(-1);
      return label?.disabled === true || /Saving|Merging/.test(label?.textContent ?? "") ? "busy" : "ready";
    });

  return {
    page,
    ports,
    isAtRest: async () => (await state()) === "clean",
    async work(gestures, decide) {
      const work: Work = {
        made: new Set(),
        removed: new Set(),
        parked: new Set(),
        changed: new Set(),
        asked: new Set(),
        comments: new Map(),
      };
      for (const each of gestures) await gesture(each, work);
      await expect(async () => {
        const now = await state();
        if (now === "asked") await decideAll(work, decide);
        else if (now === "ready") await page.keyboard.press("Control+s");
        expect(now).toBe("clean");
      }).toPass({ intervals: [30], timeout: 20_000 });
      return work;
    },
  };
}
