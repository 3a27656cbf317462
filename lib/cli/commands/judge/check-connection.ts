import { answerCheckWithEdits, type CheckAnswer, type CheckSide } from "#analysis/question/check.ts";
import { type CheckHeaders, parseCheckHeaders } from "#analysis/question/check-headers.ts";
import { describePlaceProblem } from "#analysis/question/describe-place-problem.ts";
import { describeSide } from "#analysis/question/describe-side.ts";
import { type AskedPlace, parsePlace } from "#analysis/question/parse-place.ts";
import { numberOption } from "#cli/argv/number-option.ts";
import { UsageError } from "#cli/argv/usage-error.ts";
import type { CommandOptions, RunCommand } from "#cli/command.ts";
import { type CommandResult, done, refused } from "#cli/command-result.ts";
import { exitCode } from "#cli/exit-code.ts";
import { paintVerdict } from "#cli/print/paint.ts";
import { loadSnapshot } from "#operations/load-snapshot.ts";
import { describeIssue } from "#policy/describe-issue.ts";
import type { ProfileId } from "#policy/profile-id.ts";
import { formatProtocol } from "#policy/protocol.ts";
import type { Family } from "#policy/rule.ts";
import type { Snapshot } from "#policy/snapshot.ts";
import { err, type Result } from "#prelude/result.ts";

/** `check --from=PLACE --to=PLACE [...]`: 0 when the packet passes, 1 when it does not. */
export const checkConnection: RunCommand = async ({ options }, { io, deps }) => {
  const headers = readHeaders(options);
  const snapshot = await loadSnapshot(await deps());
  const from = readPlace(options.from, snapshot);
  if (!from.ok) return from.error;
  const to = readPlace(options.to, snapshot);
  if (!to.ok) return to.error;
  const answer = answerCheckWithEdits(snapshot, { from: from.value, to: to.value, ...headers });
  const text = `${paintVerdict(answer.verdict, io.isColoured)}: ${options.from} to ${options.to}, ${describeHeaders(answer, headers)}\n${describeAnswer(answer)}`;
  return { ...done(text, answer), exitCode: answer.verdict === "allow" ? exitCode.done : exitCode.refused };
};

function readPlace(text: unknown, snapshot: Snapshot): Result<AskedPlace, CommandResult> {
  const place = parsePlace(String(text), snapshot);
  return place.ok ? place : err(refused(place.error, [describePlaceProblem(place.error)]));
}

/** The options judged as a probe's fields are, so that both say the same of a port 70000. */
function readHeaders(options: CommandOptions): CheckHeaders {
  const headers = parseCheckHeaders({
    ip_version: readFamily(options),
    protocol: typeof options.protocol === "string" ? options.protocol : undefined,
    src_port: numberOption("--src-port", options.srcPort),
    dst_port: numberOption("--dst-port", options.dstPort),
    icmp_type: numberOption("--icmp-type", options.icmpType),
    icmp_code: numberOption("--icmp-code", options.icmpCode),
  });
  if (!headers.ok) throw new UsageError(headers.error.map((issue) => describeIssue(issue)).join("\n"));
  return headers.value;
}

function readFamily(options: CommandOptions): Family | undefined {
  const version = numberOption("--ip-version", options.ipVersion);
  if (version === undefined || version === 4 || version === 6) return version;
  throw new UsageError(`--ip-version is 4 or 6, not ${version}`);
}

function describeHeaders({ ip_version }: CheckAnswer, headers: CheckHeaders): string {
  const { protocol, srcPort, dstPort, icmpType, icmpCode } = headers;
  const parts = [
    ["from port", srcPort],
    ["to port", dstPort],
    ["type", icmpType],
    ["code", icmpCode],
  ] as const;
  const given = parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  return [`IPv${ip_version}`, formatProtocol(protocol), ...given].join(" ");
}

function describeAnswer({ verdict, sender, receiver, depends_on = [], suggestions = [] }: CheckAnswer): string {
  const turn = verdict === "allow" ? "closes with" : "opens with";
  const edits = suggestions.map(
    ({ summary, opened, closed }) => `  ${turn}: ${summary} [opens ${opened.length}, closes ${closed.length} pairs]\n`,
  );
  const dependencies = depends_on.map(({ from, to, verdict }) => {
    const where = [from === undefined ? "" : `from ${from}`, to === undefined ? "" : `to ${to}`].join(" ").trim();
    return `  ${verdict} where it goes ${where}\n`;
  });
  return [`  sender:   ${lines(sender)}`, `  receiver: ${lines(receiver)}`, ...dependencies, ...edits].join("");
}

function lines({ verdict, direction, profile, position, rule, reason, nearest }: CheckSide): string {
  const decidedBy = {
    kind: reason ?? "no-rule-matched",
    ...(profile === undefined ? {} : { profile: profile as ProfileId }),
  } as const;
  const said =
    rule === undefined
      ? describeSide({ verdict, direction, decidedBy })
      : `${profile} ${direction} ${position}: ${rule}`;
  if (nearest === undefined) return `${said}\n`;
  const near = `${nearest.profile} ${direction} ${nearest.position}: ${nearest.rule}`;
  return `${said}\n            nearest is ${near}, but ${nearest.because.join(" and ")}\n`;
}
