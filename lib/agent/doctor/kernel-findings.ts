import type { Finding } from "#agent/doctor/finding.ts";
import { detectFamilies } from "#dataplane/actual/detect-backend.ts";
import { type Backend, kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { CommandFailedError, type RunCommand } from "#dataplane/apply/run-command.ts";
import type { Family } from "#policy/rule.ts";

/** A line for each match and target that rules use, and what the kernel calls it. */
const MATCHES: readonly (readonly [module: string, table: "raw" | "filter", line: string])[] = [
  ["xt_conntrack", "filter", "-m conntrack --ctstate INVALID -j DROP"],
  ["xt_comment", "filter", '-m comment --comment "tortie" -j DROP'],
  ["xt_mark", "filter", "-m mark --mark 0x1/0x1 -j MARK --set-xmark 0x0/0x1"],
  ["xt_mac", "filter", "-m mac --mac-source 00:00:00:00:00:01 -j DROP"],
  ["xt_multiport", "filter", "-p tcp -m multiport --dports 1,2 -j DROP"],
  ["xt_LOG", "filter", "-j LOG --log-prefix tortie --log-level 5"],
  ["xt_rpfilter", "raw", "-m rpfilter --invert -j DROP"],
  ["xt_set", "filter", "-m set --match-set tortie-doctor src -j DROP"],
];

// What a kernel that has xt_set says: the set is not there, but it was looked for.
const SET_IS_MISSING = "doesn't exist";

/** The programs, tables, modules and sets an agent needs; rules are tried without being loaded. */
export async function kernelFindings(run: RunCommand, backend: Backend): Promise<readonly Finding[]> {
  const { families, unusable } = await detectFamilies(run, backend);
  return [
    ...(await Promise.all(programs(backend).map((program) => programFinding(run, program)))),
    ...families.map((family): Finding => ({ ok: true, what: `IPv${family} tables can be read with ${backend}` })),
    ...unusable.map(
      ({ family, reason }): Finding => ({
        ok: false,
        what: `IPv${family} tables cannot be read: ${reason}`,
        fix: `install iptables, modprobe ${family === 4 ? "ip_tables" : "ip6_tables"}, or run as root; without them the other family is enforced alone`,
      }),
    ),
    await setsFinding(run, backend),
    ...(await Promise.all(
      families.flatMap((family) => MATCHES.map((match) => matchFinding(run, backend, [family, match]))),
    )),
  ];
}

function programs(backend: Backend): readonly string[] {
  const tools = kernelTools(backend);
  const argvs = [
    tools.saveSets,
    ...([4, 6] as const).flatMap((one) => [tools.saveTables(one), tools.restoreTables(one)]),
  ];
  return [...new Set(argvs.map(([program = ""]) => program))];
}

async function programFinding(run: RunCommand, program: string): Promise<Finding> {
  const fix = program === "ipset" ? "install ipset" : "install iptables 1.8 or newer, which has both backends";
  try {
    const version = (await run([program, "--version"])).split("\n", 1)[0] ?? "";
    return { ok: true, what: version.startsWith(program) ? version : `${program}: ${version}` };
  } catch (error) {
    return failed(error, `${program} cannot be run`, fix);
  }
}

async function setsFinding(run: RunCommand, backend: Backend): Promise<Finding> {
  const what = "IP sets can be read";
  try {
    await run(kernelTools(backend).saveSets);
    return { ok: true, what };
  } catch (error) {
    return failed(error, what, "install ipset; modprobe ip_set ip_set_hash_ip xt_set");
  }
}

type FamilyMatch = readonly [family: Family, match: (typeof MATCHES)[number]];

async function matchFinding(run: RunCommand, backend: Backend, [family, match]: FamilyMatch): Promise<Finding> {
  const [module, table, line] = match;
  const what = `IPv${family} rules can use ${module}`;
  const input = `*${table}\n:tortie-doctor - [0:0]\n-A tortie-doctor ${line}\nCOMMIT\n`;
  try {
    await run([...kernelTools(backend).restoreTables(family), "--test"], { input });
    return { ok: true, what };
  } catch (error) {
    if (error instanceof CommandFailedError && error.stderr.includes(SET_IS_MISSING)) return { ok: true, what };
    return failed(error, what, `modprobe ${module}, and name it in /etc/modules-load.d/tortie.conf`);
  }
}

function failed(error: unknown, what: string, fix: string): Finding {
  if (!(error instanceof CommandFailedError)) throw error;
  return { ok: false, what: `${what}: ${error.stderr.trim().split("\n", 1)[0] || error.message}`, fix };
}
