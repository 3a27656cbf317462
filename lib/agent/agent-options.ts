import type { Backend } from "#dataplane/apply/kernel-tools.ts";
import { parsePrefixes } from "#dataplane/desired/node-settings.ts";
import { err, ok, type Result } from "#prelude/result.ts";

/** Where /metrics and /healthz listen. */
export type ListenAddress = { readonly host: string; readonly port: number };

export type AgentOptions = {
  readonly host: string;
  readonly interfacePrefix?: string;
  readonly backend: Backend | "auto";
  readonly metrics?: ListenAddress;
  readonly dryRun: boolean;
  readonly auditIntervalMs: number;
  /** Within this time audits read everything, also what seems to be as it was. */
  readonly fullAuditMs: number;
  /** Set members an audit reads at least, where there are so many. */
  readonly membersAnAudit: number;
  /** How long what an earlier layout left stays. */
  readonly orphanGraceMs: number;
};

/** The words of the command line and the environment, before they mean anything. */
export type RawOptions = {
  readonly host?: string;
  readonly interfacePrefix?: string;
  readonly backend?: string;
  readonly metrics?: string;
  readonly dryRun?: boolean;
  readonly auditInterval?: string;
  readonly fullAudit?: string;
  readonly auditMembers?: string;
  readonly orphanGrace?: string;
};

const DEFAULT_AUDIT_SECONDS = "10";
const DEFAULT_FULL_AUDIT_SECONDS = "300";
const DEFAULT_ORPHAN_GRACE_SECONDS = "60";
const DEFAULT_AUDIT_MEMBERS = "5000";
const MIN_AUDIT_MS = 200;

/** Checks the options; an error names the option and what it may be. */
export function parseAgentOptions(raw: RawOptions, defaultHost: string): Result<AgentOptions, string> {
  const host = raw.host || defaultHost;
  if (!/^[A-Za-z0-9_.-]{1,255}$/.test(host)) return err(`--host: ${JSON.stringify(host)} is not a host name`);
  if (raw.interfacePrefix !== undefined && parsePrefixes(raw.interfacePrefix) === undefined) {
    return err("--interface-prefix: each prefix has 1 to 14 of A-Z a-z 0-9 _ -, several are separated by commas");
  }
  const backend = raw.backend ?? "auto";
  if (backend !== "auto" && backend !== "nft" && backend !== "legacy") return err("--backend: auto, nft or legacy");
  const metrics = parseListenAddress(raw.metrics ?? "127.0.0.1:9091");
  if (metrics === "bad") return err("--metrics: a loopback ADDRESS:PORT, or off");
  const auditIntervalMs = Number(raw.auditInterval ?? DEFAULT_AUDIT_SECONDS) * 1000;
  if (!(auditIntervalMs >= MIN_AUDIT_MS)) return err("--audit-interval: seconds, at least 0.2");
  const fullAuditMs = Number(raw.fullAudit ?? DEFAULT_FULL_AUDIT_SECONDS) * 1000;
  if (!(fullAuditMs >= MIN_AUDIT_MS)) return err("--full-audit: seconds, at least 0.2");
  const membersAnAudit = Number(raw.auditMembers ?? DEFAULT_AUDIT_MEMBERS);
  if (!(Number.isInteger(membersAnAudit) && membersAnAudit >= 0)) return err("--audit-members: a number, 0 or more");
  const orphanGraceMs = Number(raw.orphanGrace ?? DEFAULT_ORPHAN_GRACE_SECONDS) * 1000;
  if (!(orphanGraceMs >= 0 && orphanGraceMs < Number.POSITIVE_INFINITY))
    return err("--orphan-grace: seconds, 0 for none");
  return ok({
    host,
    backend,
    dryRun: raw.dryRun ?? false,
    auditIntervalMs,
    fullAuditMs,
    membersAnAudit,
    orphanGraceMs,
    ...(raw.interfacePrefix !== undefined && { interfacePrefix: raw.interfacePrefix }),
    ...(metrics !== "off" && { metrics }),
  });
}

/** Loopback only: the figures tell who may reach whom, and nobody signs in to read them. */
function parseListenAddress(text: string): ListenAddress | "off" | "bad" {
  if (text === "off") return "off";
  const match = /^(127(?:\.\d{1,3}){3}|localhost|\[::1\]):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match?.[1] === undefined || port > 65535) return "bad";
  return { host: match[1].replace(/^\[|\]$/g, ""), port };
}
