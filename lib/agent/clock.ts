/** Time, as far as the agent decides by it. Tests of hours stand another one in its place. */
export interface Clock {
  /** Milliseconds of the epoch that never go back. */
  now(): number;
  /** Calls once after so many milliseconds; answers how to call it off. */
  after(ms: number, call: () => void): () => void;
}

/** This machine's. Who sets its clock moves no timer of ours. */
export const systemClock: Clock = {
  now: () => performance.now() + performance.timeOrigin,
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};
