#!/usr/bin/env node
import { hostname } from "node:os";
import { Command, Option } from "commander";
import pino from "pino";
import { parseAgentOptions, type RawOptions } from "#agent/agent-options.ts";
import { runAgent } from "#agent/commands/run.ts";
import { AGENT_VERSION } from "#agent/version.ts";
import { connectEtcd } from "#store/etcd/connect.ts";
import { describeEtcdOptionsError, etcdOptionsFromEnv } from "#store/etcd/etcd-options.ts";

const WRONG_USAGE = 2;

const log = pino({ level: process.env.TORTIE_LOG_LEVEL ?? "info" }, pino.destination({ dest: 2, sync: true }));

function option(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).env(variable);
}

function usageError(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(WRONG_USAGE);
}

function connect() {
  const options = etcdOptionsFromEnv(process.env);
  return options.ok ? connectEtcd(options.value) : usageError(describeEtcdOptionsError(options.error));
}

async function run(raw: RawOptions): Promise<void> {
  const options = parseAgentOptions(raw, hostname());
  if (!options.ok) usageError(options.error);
  const connection = connect();
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => stop.abort());
  await runAgent(options.value, { ...connection, log }, stop.signal);
  await connection.statuses.removeStatus(options.value.host).catch(() => undefined);
  await connection.close();
  log.info({}, "stopped; the kernel goes on enforcing");
}

const program = new Command("tortie-agent").version(AGENT_VERSION).description("Enforces policy on this node.");

program
  .command("run")
  .addOption(option("--host <name>", "this node's name in the policy", "TORTIE_HOST"))
  .addOption(
    option("--interface-prefix <prefixes>", "managed interfaces begin with one of these", "TORTIE_INTERFACE_PREFIX"),
  )
  .addOption(option("--backend <name>", "auto, nft or legacy", "TORTIE_BACKEND"))
  .addOption(option("--metrics <address>", "loopback address of /metrics and /healthz, or off", "TORTIE_METRICS"))
  .addOption(option("--audit-interval <seconds>", "how often the kernel is compared", "TORTIE_AUDIT_INTERVAL"))
  .addOption(option("--dry-run", "print what would be done", "TORTIE_DRY_RUN"))
  .action(run);

program.parseAsync().catch((error: unknown) => {
  log.fatal({ err: error }, "tortie-agent ends");
  process.exitCode = 1;
});
