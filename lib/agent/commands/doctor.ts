import { type EtcdFindingsDeps, etcdFindings } from "#agent/doctor/etcd-findings.ts";
import type { Finding } from "#agent/doctor/finding.ts";
import { kernelFindings } from "#agent/doctor/kernel-findings.ts";
import { machineFindings } from "#agent/doctor/machine-findings.ts";
import { detectBackend } from "#dataplane/actual/detect-backend.ts";
import type { Backend } from "#dataplane/apply/kernel-tools.ts";
import type { RunCommand } from "#dataplane/apply/run-command.ts";

export type DoctorDeps = EtcdFindingsDeps & { readonly run: RunCommand };

/** Looks for what an agent needs on this machine; changes nothing. */
export async function examine(deps: DoctorDeps, wanted: Backend | "auto"): Promise<readonly Finding[]> {
  const backend = wanted === "auto" ? await detectBackend(deps.run) : wanted;
  return [...machineFindings(), ...(await kernelFindings(deps.run, backend)), ...(await etcdFindings(deps))];
}
