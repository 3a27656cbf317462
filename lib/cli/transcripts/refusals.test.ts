import { describe, expect, it } from "vitest";
import { runInMemory, words } from "#cli/testing/run-in-memory.ts";
import { type MemoryDeps, memoryDeps } from "#operations/testing/memory-deps.ts";
import { StorePermissionError, StoreUnavailableError } from "#store/policy-store.ts";

const SET_UP = [
  "profile add WEB",
  "profile add APP",
  "endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1 --profile=WEB",
  "endpoint add twin --host=h1 --interface=cali1 --ip=10.0.0.2",
  "endpoint add twin --host=h2 --interface=cali1 --ip=10.0.0.3",
];

async function world(): Promise<MemoryDeps> {
  const deps = memoryDeps();
  for (const line of SET_UP) expect((await runInMemory(words(line), { deps })).exitCode).toBe(0);
  return deps;
}

const RULES = '{"inbound_rules":[],"outbound_rules":[]}';

const REFUSED: readonly (readonly [line: string, reason: string, stdin?: string])[] = [
  ["profile add a/b", "a/b"],
  ["profile remove NOPE", "Profile NOPE not found."],
  ["profile remove WEB", "Use the '--no-check' flag to remove the profile anyway."],
  ["profile NOPE rule show", "Profile NOPE not found."],
  ["profile show rule show", "Profile show not found."],
  ["profile NOPE rule add inbound allow", "Profile NOPE not found."],
  ["profile NOPE tag show", "Profile NOPE not found."],
  ["profile NOPE tag add X", "Profile NOPE not found."],
  ["profile NOPE rule json", "Profile NOPE not found."],
  ["profile NOPE rule update", "Profile NOPE not found.", RULES],
  ["profile WEB tag add a!b", "a!b"],
  ["profile WEB tag remove ZZZ", "Tag ZZZ is not on profile WEB"],
  ["profile WEB rule add inbound --at=0 allow tcp", "Position 0 is out-of-range."],
  ["profile WEB rule add inbound --at=-1 allow tcp", "Position -1 is out-of-range."],
  ["profile WEB rule add inbound --at=3 allow tcp", "Position 3 is out-of-range."],
  ["profile WEB rule remove inbound --at=0", "Rule position out-of-range."],
  ["profile WEB rule remove inbound --at -1", "Rule position out-of-range."],
  ["profile WEB rule remove inbound --at=2", "Rule position out-of-range."],
  ["profile WEB rule remove inbound allow udp", "Rule not found."],
  ["profile WEB rule add inbound allow tcp to ports 80:80", "80:80"],
  ["profile WEB rule add inbound allow tcp to ports 70000", "70000"],
  ["profile WEB rule add inbound allow tcp to ports -5", "-5"],
  ["profile WEB rule add inbound allow icmp type -1", "-1"],
  ["profile WEB rule add inbound allow icmp type 255", "255"],
  ["profile WEB rule add inbound allow to ports 80", "protocol"],
  ["profile WEB rule add inbound allow from cidr nonsense", "nonsense"],
  ["profile WEB rule add inbound allow icmpv6 from cidr 10.0.0.0/8", "IPv"],
  ["profile WEB rule add inbound next-tier", "next-tier"],
  ["profile WEB rule update", "<stdin>:1:1", ""],
  ["profile WEB rule update", "<stdin>:1:2", "{nope"],
  ["profile WEB rule update", "outbound_rules", '{"inbound_rules":[]}'],
  ["profile WEB rule update", "APP", `{"id":"APP",${RULES.slice(1)}`],
  ["profile WEB rule update", "inbound_rule", `{"inbound_rule":[],${RULES.slice(1)}`],
  ["profile WEB rule update", "<stdin>:1:1", `${" ".repeat(9 * 1024 * 1024)}${RULES}`],
  ["endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1", "already exists"],
  ["endpoint add n --host=h1 --interface=cali.0 --ip=10.0.0.1", "cali.0"],
  ["endpoint add n --host=h1 --interface=cali0 --ip=10.0.0.256", "10.0.0.256"],
  ["endpoint add n --host=h1 --interface=cali0 --ip=10.0.0.0/24", "10.0.0.0/24"],
  ["endpoint add n --host=h1 --interface=cali0 --ip=10.0.0.9 --mac=nonsense", "nonsense"],
  ["endpoint add n --host=h1 --interface=cali0 --ip=10.0.0.9 --profile=A --profile=A", "A"],
  ["endpoint add a/b --host=h1 --interface=cali0 --ip=10.0.0.9", "a/b"],
  ["endpoint remove nope", "Endpoint nope not found."],
  ["endpoint remove twin", "HOST/ORCHESTRATOR/WORKLOAD/ENDPOINT"],
  ["endpoint nope profile show", "Endpoint nope not found."],
  ["endpoint w profile append NOPE", "Profile NOPE not found."],
  ["endpoint w profile append APP APP", "Profile APP is given twice."],
  ["endpoint w profile remove APP", "Profile APP is not in endpoint profile list."],
  ["endpoint w profile set WEB NOPE", "Profile NOPE not found."],
  ["import missing.json", "missing.json"],
  ["validate --kind=profile_tags missing.json", "missing.json"],
  ["test missing.json", "missing.json"],
  ["profile show --state missing.json", "missing.json"],
  ["check --from=nowhere --to=WEB", "nowhere"],
  ["check --from=world --to=twin", "twin"],
];

const WRONG_USAGE: readonly string[] = [
  "",
  "frob",
  "profile",
  "profile WEB",
  "profile WEB rule",
  "profile WEB rule frob",
  "profile WEB rule add inbound",
  "profile WEB rule add sideways allow",
  "profile WEB rule add inbound --at=x allow tcp",
  "profile WEB rule add inbound --at=1.5 allow tcp",
  "profile WEB rule add inbound frob",
  "profile WEB rule add inbound allow from",
  "profile WEB rule add inbound allow tcp to tag B ports 22",
  "profile WEB rule remove inbound",
  "profile WEB rule remove inbound --at=1 allow",
  "profile add WEB --frob",
  "profile add WEB --detailed",
  "profile add",
  "profile add A B",
  "profile WEB member add c1",
  "endpoint add n --host=h1 --ip=10.0.0.9",
  "endpoint add n --host=h1 --interface=cali0",
  "endpoint w profile append",
  "check --from=WEB",
  "check --from=WEB --to=APP --dst-port=http",
  "check --from=WEB --to=APP --ip-version=5",
  "validate rules.json",
  "validate --kind=frob -",
  "import",
];

describe("what calicoctl refuses", () => {
  it.each(REFUSED.map(([line, reason, stdin]) => ({ line, reason, stdin })))("$line: $reason", async (refused) => {
    const { line, reason, stdin } = refused;
    const deps = await world();
    const before = await deps.revision();
    const ran = await runInMemory(words(line), { deps, ...(stdin === undefined ? {} : { stdin }) });
    expect(ran.stderr).toContain(reason);
    expect(ran).toMatchObject({ exitCode: 1, stdout: "" });
    expect(await deps.revision()).toBe(before);
  });

  it.each(WRONG_USAGE)("`%s` is wrong usage, and the right forms are shown", async (line) => {
    const deps = await world();
    const before = await deps.revision();
    const ran = await runInMemory(words(line), { deps });
    expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ran.stderr).toMatch(/^calicoctl: .+\nUsage:\n {2}calicoctl /s);
    expect(await deps.revision()).toBe(before);
  });

  it("C1 says 4 when others win every time, 5 when etcd forbids it and 6 when etcd is away", async () => {
    const deps = await world();
    const withCommit = (commit: MemoryDeps["store"]["commit"]) => ({ ...deps, store: { ...deps.store, commit } });
    const conflict = withCommit(async () => ({ ok: false, error: { kind: "conflict", keys: [] } }));
    const forbidden = withCommit(async () => {
      throw new StorePermissionError("permission denied");
    });
    const away = withCommit(async () => {
      throw new StoreUnavailableError("no answer");
    });
    const run = (other: MemoryDeps) => runInMemory(words("profile WEB tag add X"), { deps: other });
    expect(await run(conflict)).toMatchObject({ exitCode: 4, stdout: "" });
    expect(await run(forbidden)).toMatchObject({ exitCode: 5, stdout: "" });
    expect(await run(away)).toMatchObject({ exitCode: 6, stdout: "" });
  });

  it("C2 prints one JSON document also for a refusal, and its words on standard error", async () => {
    const ran = await runInMemory(words("profile NOPE rule show --json"), { deps: await world() });
    expect(JSON.parse(ran.stdout)).toEqual({
      error: { kind: "not-found", profileId: "NOPE", message: "Profile NOPE not found." },
    });
    expect(ran).toMatchObject({ exitCode: 1, stderr: "Profile NOPE not found.\n" });
  });
});
