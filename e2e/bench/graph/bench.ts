import { startEtcd } from "#store/testing/start-etcd.ts";
import { startBoard } from "../../support/start-board.ts";
import { quantile } from "../statistics.ts";
import { timeDesk } from "./desk.ts";
import { timePage } from "./page.ts";
import { seedEstate } from "./seed-estate.ts";

const SIZES = [12, 300, 1_000, 3_000];
const ROUNDS = 5;

/**
 * Target T9 of the graph: its first picture without a main-thread task over 50 ms, and what a person waits for after that.
 * The floor is the same page on an empty policy, in the same browser. Arguments name sizes.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const sizes = args.length === 0 ? SIZES : args.map(Number);
  print("The desk by itself (Node, no page): ms\n");
  for (const size of sizes) {
    const { first, change, select, matrix, heapMb } = await timeDesk(size);
    print(
      `  ${pad(size)} profiles: first view ${ms(first)}, after one edit ${ms(change)}, a selection ${ms(select)}, the matrix ${ms(matrix)}, ${heapMb.toFixed(0)} MiB\n`,
    );
  }
  const etcd = await startEtcd();
  const board = await startBoard(etcd.endpoint);
  try {
    print(`The page (Chromium, ${ROUNDS} loads each; T9: first picture < 1.5 s, no main-thread task > 50 ms)\n`);
    for (const size of [0, ...sizes]) {
      await seedEstate(etcd.endpoint, size);
      const rounds = await timePage(board.url, { rounds: ROUNDS, isEmpty: size === 0 });
      const of = (pick: (round: (typeof rounds)[number]) => number) => rounds.map(pick);
      print(
        `  ${size === 0 ? "floor, empty" : `${pad(size)} profiles`}: first picture ${middle(of((r) => r.pictureMs))} ms, longest task ${middle(of((r) => r.longestTaskMs))} ms, selection ${middle(of((r) => r.selectMs))} ms, page heap ${middle(of((r) => r.heapMb))} MiB\n`,
      );
    }
  } finally {
    await board.stop();
    await etcd.stop();
  }
}

function middle(samples: readonly number[]): string {
  return `${quantile(samples, 0.5).toFixed(0)} [${Math.min(...samples).toFixed(0)}..${Math.max(...samples).toFixed(0)}]`;
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0);
}

function pad(size: number): string {
  return String(size).padStart(5);
}

function print(text: string): void {
  process.stdout.write(text);
}
