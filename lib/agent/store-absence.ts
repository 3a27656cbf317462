import type { Clock } from "#agent/clock.ts";
import type { Log } from "#agent/log.ts";
import type { LiveSnapshot } from "#store/live-snapshot.ts";

/** Whether etcd can be reached, said aloud: once when it goes, again and again with its age while it is away, and when it is back. */
export interface StoreAbsence {
  /** Passes everything on. */
  watch(lives: AsyncIterable<LiveSnapshot>): AsyncGenerator<LiveSnapshot, void>;
  /** How long it has been away; 0 while it answers. */
  awayMs(): number;
  /** Says nothing more. */
  stop(): void;
}

export type StoreAbsenceDeps = {
  readonly clock: Clock;
  readonly log: Log;
  /** For the first value, and whenever it comes or goes. */
  readonly onChange: (isConnected: boolean) => void;
};

const REMIND_EVERY_MS = 600_000;

/** Nothing is known yet. */
export function storeAbsence({ clock, log, onChange }: StoreAbsenceDeps): StoreAbsence {
  let awaySinceMs: number | undefined;
  let wasConnected: boolean | undefined;
  let callOff = () => {};
  const awayMs = () => (awaySinceMs === undefined ? 0 : clock.now() - awaySinceMs);
  const remind = () => {
    callOff = clock.after(REMIND_EVERY_MS, () => {
      const minutes = Math.round(awayMs() / 60_000);
      log.warn(
        { awayMs: awayMs() },
        `etcd has not answered for ${minutes} minutes; what was enforced last stays enforced`,
      );
      remind();
    });
  };
  const notice = ({ connected, detail }: LiveSnapshot) => {
    if (connected === wasConnected) return;
    wasConnected = connected;
    callOff();
    if (connected) {
      log.info({ awayMs: awayMs() }, "etcd answers");
      awaySinceMs = undefined;
    } else {
      awaySinceMs = clock.now();
      log.warn({ detail }, "etcd does not answer; what was enforced last stays enforced");
      remind();
    }
    onChange(connected);
  };
  return {
    async *watch(lives) {
      for await (const live of lives) {
        notice(live);
        yield live;
      }
    },
    awayMs,
    stop: () => callOff(),
  };
}
