/** What the shell learns from a command (cli.md); the names are the only way the rest of the program says them. */
export const exitCode = {
  done: 0,
  /** Refused, not found, or a check that failed. Nothing was written. */
  refused: 1,
  usage: 2,
  /** A conflict that could not be retried. */
  conflict: 4,
  notPermitted: 5,
  /** etcd cannot be reached. */
  unreachable: 6,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
