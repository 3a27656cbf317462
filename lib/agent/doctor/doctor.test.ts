import { describe, expect, it } from "vitest";
import { etcdFindings } from "#agent/doctor/etcd-findings.ts";
import { formatFindings } from "#agent/doctor/finding.ts";
import { kernelFindings } from "#agent/doctor/kernel-findings.ts";
import { reversePath } from "#agent/doctor/machine-findings.ts";
import { CommandFailedError, type RunCommand } from "#dataplane/apply/run-command.ts";
import { StorePermissionError, StoreUnavailableError } from "#store/policy-store.ts";

/** A machine on which commands whose words or input hold one of `missing` fail with these words. */
function machineWithout(missing: Readonly<Record<string, string>>): RunCommand {
  return async (argv, options = {}) => {
    const said = `${argv.join(" ")} ${options.input ?? ""}`;
    for (const [word, stderr] of Object.entries(missing)) {
      if (said.includes(word)) throw new CommandFailedError(argv, 2, stderr);
    }
    if (said.includes("--match-set")) throw new CommandFailedError(argv, 2, "Set tortie-doctor doesn't exist.\n");
    return `${argv[0]} v1.8.9\n`;
  };
}

const failures = async (missing: Readonly<Record<string, string>>) =>
  (await kernelFindings(machineWithout(missing), "nft")).filter(({ ok }) => !ok);

describe("doctor on the kernel", () => {
  it("finds nothing where nothing is missing", async () => {
    expect(await failures({})).toEqual([]);
  });

  it.each([
    [
      "a match",
      { rpfilter: "Couldn't load match `rpfilter'" },
      ["IPv4 rules can use xt_rpfilter", "modprobe xt_rpfilter"],
    ],
    ["xt_set", { "--match-set": "Can't open socket to ipset." }, ["IPv4 rules can use xt_set", "modprobe xt_set"]],
    ["ipset", { ipset: "spawn ipset ENOENT" }, ["ipset cannot be run", "install ipset"]],
    ["ip6tables", { ip6tables: "spawn ip6tables-nft-save ENOENT" }, ["IPv6 tables cannot be read", "install iptables"]],
  ])("%s that is missing is named, with what to do", async (_, missing, words) => {
    const text = formatFindings(await failures(missing));
    expect(text).toContain(`FAIL  ${words[0]}`);
    expect(text).toContain(words[1]);
  });
});

describe("doctor on etcd", () => {
  const NOW = Date.parse("2026-11-23T20:00:00Z");
  const find = (etcdTime: string, failure?: Error) =>
    etcdFindings({
      store: {
        async readSnapshot() {
          if (failure) throw failure;
          return { entries: [], storeRevision: 1 };
        },
      },
      etcdTime: async () => new Date(etcdTime),
      now: () => NOW,
    });

  it("clocks that agree are said to, and by how much", async () => {
    expect(formatFindings(await find("2026-11-23T19:59:58Z"))).toBe(
      "ok    etcd answers\nok    this clock and etcd's agree, to 2 s\n",
    );
  });

  it.each(["2026-11-23T19:59:50Z", "2026-11-23T21:00:00Z"])("etcd's clock at %s is a failure", async (time) => {
    expect(formatFindings(await find(time))).toMatch(/FAIL {2}this clock and etcd's agree.*\n {6}→ run chrony/);
  });

  it("an etcd that is away, and one that refuses, have different cures", async () => {
    expect(formatFindings(await find("", new StoreUnavailableError("no answer")))).toContain("see ETCD_ENDPOINTS");
    expect(formatFindings(await find("", new StorePermissionError("denied")))).toContain("grant this user read");
  });
});

describe("doctor on rp_filter", () => {
  it.each([
    ["0", "is off;"],
    ["2", "is loose;"],
    [undefined, "is absent;"],
    ["1", "sysctl -w net.ipv4.conf.all.rp_filter=0"],
  ])("%s: says what it means, and no value is wrong", (value, words) => {
    const { ok, what } = reversePath(value);
    expect([ok, what.includes(words)]).toEqual([true, true]);
  });
});
