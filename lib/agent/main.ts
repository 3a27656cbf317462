#!/usr/bin/env node
import { hostname } from "node:os";
import { Command, CommanderError, Option } from "commander";
import pino from "pino";
import { type AgentOptions, parseAgentOptions, type RawOptions } from "#agent/agent-options.ts";
import { examine } from "#agent/commands/doctor.ts";
import { renderNow } from "#agent/commands/render.ts";
import { runAgent } from "#agent/commands/run.ts";
import { LeftoversError, uninstall } from "#agent/commands/uninstall.ts";
import { formatFindings } from "#agent/doctor/finding.ts";
import { AGENT_VERSION } from "#agent/version.ts";
import { runCommand } from "#dataplane/apply/run-command.ts";
import { connectEtcd, type EtcdConnection } from "#store/etcd/connect.ts";
import { readEtcdClock } from "#store/etcd/etcd-clock.ts";
import { describeEtcdOptionsError, type EtcdOptions, etcdOptionsFromEnv } from "#store/etcd/etcd-options.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";

const WRONG_USAGE = 2;
const ETCD_UNREACHABLE = 6;
const END_WITHIN_MS = 15_000;

const log = pino({ level: process.env.TORTIE_LOG_LEVEL ?? "info" }, pino.destination({ dest: 2, sync: true }));

function usageError(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(WRONG_USAGE);
}

function optionsOf(raw: RawOptions): AgentOptions {
  const options = parseAgentOptions(raw, hostname());
  return options.ok ? options.value : usageError(options.error);
}

function etcdOptions(): EtcdOptions {
  const options = etcdOptionsFromEnv(process.env);
  return options.ok ? options.value : usageError(describeEtcdOptionsError(options.error));
}

async function withEtcd<T>(use: (connection: EtcdConnection) => Promise<T>): Promise<T> {
  const connection = connectEtcd(etcdOptions());
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

async function run(raw: RawOptions): Promise<void> {
  const options = optionsOf(raw);
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  stop.signal.addEventListener("abort", () => setTimeout(giveUpEnding, END_WITHIN_MS).unref());
  await withEtcd(async (connection) => {
    await runAgent(options, { ...connection, log }, stop.signal);
    // Gone at once instead of when its lease ends; etcd may be away, and then the lease sees to it.
    await connection.statuses.removeStatus(options.host).catch(() => undefined);
    await connection.classicStatuses.removeClassicStatus(options.host).catch(() => undefined);
  });
  log.info({}, "stopped; the kernel goes on enforcing");
}

/** Enforcement is the kernel's by now; a process that hangs on would only stand in the next one's way. */
function giveUpEnding(): void {
  log.error({ open: process.getActiveResourcesInfo() }, `not ended within ${END_WITHIN_MS} ms; giving up`);
  process.exit(1);
}

async function render(raw: RawOptions & { readonly ipVersion?: string }): Promise<void> {
  const options = optionsOf(raw);
  const { ipVersion } = raw;
  if (ipVersion !== undefined && ipVersion !== "4" && ipVersion !== "6") usageError("--ip-version: 4 or 6");
  const families = ipVersion === undefined ? ([4, 6] as const) : ([ipVersion === "4" ? 4 : 6] as const);
  process.stdout.write(await withEtcd(({ store }) => renderNow(store, { ...options, families })));
}

async function doctor(raw: RawOptions): Promise<void> {
  const { backend } = optionsOf(raw);
  const etcdTime = () => readEtcdClock(etcdOptions());
  const findings = await withEtcd(({ store }) => examine({ run: runCommand, store, etcdTime, now: Date.now }, backend));
  process.stdout.write(formatFindings(findings));
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
}

const option = (flags: string, description: string, variable: string) => new Option(flags, description).env(variable);
const host = () => option("--host <name>", "this node's name in the policy", "TORTIE_HOST");
const prefix = () =>
  option("--interface-prefix <prefixes>", "managed interfaces begin with one of these", "TORTIE_INTERFACE_PREFIX");
const backend = () => option("--backend <name>", "auto, nft or legacy", "TORTIE_BACKEND");
const dryRun = () => option("--dry-run", "print what would be done and do nothing", "TORTIE_DRY_RUN");

const program = new Command("tortie-agent")
  .version(AGENT_VERSION)
  .description("Enforces the policy in etcd on this node.")
  .exitOverride();

program
  .command("run")
  .description("enforce until stopped; the kernel then goes on enforcing")
  .addOption(host())
  .addOption(prefix())
  .addOption(backend())
  .addOption(option("--metrics <address>", "loopback ADDRESS:PORT of /metrics and /healthz, or off", "TORTIE_METRICS"))
  .addOption(option("--audit-interval <seconds>", "how often the kernel is compared", "TORTIE_AUDIT_INTERVAL"))
  .addOption(option("--full-audit <seconds>", "how long until everything was read at least once", "TORTIE_FULL_AUDIT"))
  .addOption(option("--audit-members <count>", "set members a comparison reads at least", "TORTIE_AUDIT_MEMBERS"))
  .addOption(option("--orphan-grace <seconds>", "how long what an earlier layout left stays", "TORTIE_ORPHAN_GRACE"))
  .addOption(dryRun())
  .action(run);

program
  .command("render")
  .description("print what the agent on a host would program")
  .addOption(host())
  .addOption(prefix())
  .option("--ip-version <version>", "4 or 6; both unless given")
  .action(render);

program.command("doctor").description("check what the agent needs on this machine").addOption(backend()).action(doctor);

program
  .command("uninstall")
  .description("remove everything the agent ever made, and nothing else")
  .addOption(dryRun())
  .action((raw: RawOptions) =>
    uninstall(runCommand, { dryRun: raw.dryRun ?? false, print: (text) => process.stdout.write(text) }, log),
  );

for (const command of program.commands) command.exitOverride();

program.parseAsync().catch((error: unknown) => {
  // Commander has said what is wrong; help and version are no failure.
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : WRONG_USAGE);
  if (error instanceof StoreUnavailableError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = ETCD_UNREACHABLE;
    return;
  }
  if (error instanceof LeftoversError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, "tortie-agent ends");
  process.exitCode = 1;
});
