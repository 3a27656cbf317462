import { readFileSync } from "node:fs";
import { detectBackend, detectFamilies } from "#dataplane/actual/detect-backend.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { CommandFailedError, type RunCommand } from "#dataplane/apply/run-command.ts";
import type { PolicyStore } from "#store/policy-store.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";

/** One thing an agent needs, and what to do where it is not so. */
export type Finding = { readonly ok: boolean; readonly what: string; readonly fix?: string };

export type DoctorDeps = { readonly run: RunCommand; readonly store: PolicyStore };

/** Looks for what an agent needs on this machine; changes nothing. */
export async function examine({ run, store }: DoctorDeps, wanted: Backend | "auto"): Promise<readonly Finding[]> {
  const backend = wanted === "auto" ? await detectBackend(run) : wanted;
  const { families, unusable } = await detectFamilies(run, backend);
  return [
    privileges(),
    ...families.map((family): Finding => ({ ok: true, what: `IPv${family} tables can be read with ${backend}` })),
    ...unusable.map(
      ({ family, reason }): Finding => ({
        ok: false,
        what: `IPv${family} tables cannot be read: ${reason}`,
        fix: `install iptables, load ${family === 4 ? "ip_tables" : "ip6_tables"}, or run as root`,
      }),
    ),
    await check("IP sets can be read", "install ipset and load the ip_set and xt_set modules", () =>
      run(kernelTools(backend).saveSets),
    ),
    forwarding("IPv4", "/proc/sys/net/ipv4/ip_forward", "net.ipv4.ip_forward"),
    forwarding("IPv6", "/proc/sys/net/ipv6/conf/all/forwarding", "net.ipv6.conf.all.forwarding"),
    await check("etcd answers", "see ETCD_ENDPOINTS and its companions", () => store.readSnapshot()),
  ];
}

/** The findings as lines for a person. */
export function formatFindings(findings: readonly Finding[]): string {
  return findings
    .map(({ ok, what, fix }) => (ok ? `ok    ${what}\n` : `FAIL  ${what}\n${fix ? `      → ${fix}\n` : ""}`))
    .join("");
}

function privileges(): Finding {
  const CAP_NET_ADMIN = 12n;
  const CAP_NET_RAW = 13n;
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  const held = BigInt(`0x${effective ?? "0"}`);
  const ok = ((held >> CAP_NET_ADMIN) & 1n) === 1n && ((held >> CAP_NET_RAW) & 1n) === 1n;
  return { ok, what: "CAP_NET_ADMIN and CAP_NET_RAW are held", fix: "run as root, or with these two capabilities" };
}

function forwarding(name: string, path: string, setting: string): Finding {
  const value = readSetting(path);
  return { ok: value === "1", what: `${name} packets are forwarded`, fix: `sysctl -w ${setting}=1` };
}

function readSetting(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    // Without the file the kernel has no such protocol.
    return undefined;
  }
}

async function check(what: string, fix: string, attempt: () => Promise<unknown>): Promise<Finding> {
  try {
    await attempt();
    return { ok: true, what };
  } catch (error) {
    if (error instanceof CommandFailedError || error instanceof StoreUnavailableError) {
      return { ok: false, what: `${what}: ${error.message}`, fix };
    }
    throw error;
  }
}
