import { describe, expect, it } from "vitest";
import { parseArgv } from "#cli/argv/parse-argv.ts";
import { UsageError } from "#cli/argv/usage-error.ts";

function run(line: string) {
  const parsed = parseArgv(line.split(" ").filter((word) => word !== ""));
  if (parsed.kind !== "run") throw new Error(`not a command: ${parsed.kind}`);
  return { pattern: parsed.command.pattern, ...parsed.invocation };
}

describe("parseArgv", () => {
  it.each([
    ["profile show", "profile show"],
    ["profile add WEB", "profile add <PROFILE>"],
    ["profile WEB tag show", "profile <PROFILE> tag show"],
    ["profile WEB rule add inbound allow tcp", "profile <PROFILE> rule add inbound|outbound <RULE...>"],
    ["profile WEB rule remove outbound", "profile <PROFILE> rule remove inbound|outbound [RULE...]"],
    ["endpoint show", "endpoint show"],
    ["endpoint w1 profile set", "endpoint <ENDPOINT> profile set [PROFILES...]"],
    ["endpoint w1 profile append A B", "endpoint <ENDPOINT> profile append|remove <PROFILES...>"],
    ["node show", "node show"],
  ])("reads `%s` as `%s`", (line, pattern) => {
    expect(run(line).pattern).toBe(pattern);
  });

  it.each([
    ["profile add rule", "profile add <PROFILE>", "rule"],
    ["profile remove tag", "profile remove <PROFILE>", "tag"],
    ["profile add rule show", "profile <PROFILE> rule show", "add"],
    ["profile show rule show", "profile <PROFILE> rule show", "show"],
    ["profile remove tag add X", "profile <PROFILE> tag add|remove <TAG>", "remove"],
    ["profile add add", "profile add <PROFILE>", "add"],
    ["profile profile tag show", "profile <PROFILE> tag show", "profile"],
  ])("C4 `%s` is `%s` about the profile %s, whatever that is called", (line, pattern, profile) => {
    expect(run(line)).toMatchObject({ pattern, words: { PROFILE: [profile] } });
  });

  it.each([
    "--at=2 profile WEB rule add inbound allow tcp",
    "profile WEB rule add inbound --at 2 allow tcp",
    "profile WEB rule add inbound allow --at=2 tcp",
    "profile WEB rule add inbound allow tcp --at 2",
  ])("takes the position wherever it stands: %s", (line) => {
    expect(run(line)).toMatchObject({ words: { RULE: ["allow", "tcp"] }, options: { at: "2" } });
  });

  it("leaves negative numbers to the rule grammar, which can say what is wrong with them", () => {
    expect(run("profile W rule add inbound allow tcp to ports -5").words.RULE?.at(-1)).toBe("-5");
    expect(run("profile W rule add inbound allow icmp type -1").words.RULE?.at(-1)).toBe("-1");
    expect(run("profile W rule remove inbound --at=-1").options.at).toBe("-1");
    expect(run("profile W rule remove inbound --at -1").options.at).toBe("-1");
  });

  it("gathers an option that may be repeated, in order", () => {
    const line = "endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1 --profile=B --ip=fd00::1 --profile=A";
    expect(run(line).options).toMatchObject({ ip: ["10.0.0.1", "fd00::1"], profile: ["B", "A"] });
  });

  it.each([
    ["", "no command"],
    ["profile", "no such command"],
    ["profile WEB rule frob", "no such command"],
    ["profile WEB member add c1", "no such command"],
    ["profile WEB rule add allow", "no such command"],
    ["profile WEB rule add inbound", "no such command"],
    ["profile add A B", "no such command"],
    ["profile show --frob", "unknown option"],
    ["profile add WEB --detailed", "--detailed does not belong"],
    ["profile add WEB --state f.json", "--state does not belong"],
    ["profile W rule add inbound allow --at", "argument missing"],
    ["profile W rule add inbound allow --at=1 --at=2", "--at is given twice"],
    ["endpoint add w --host=h1 --ip=10.0.0.1", "--interface is missing"],
  ])("refuses `%s` as wrong usage: %s", (line, reason) => {
    expect(() => run(line)).toThrow(UsageError);
    expect(() => run(line)).toThrow(reason);
  });

  it("shows the commands that come nearest to a wrong one", () => {
    try {
      run("profile WEB rule frob");
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        usage: [
          "profile <PROFILE> rule show",
          "profile <PROFILE> rule json",
          "profile <PROFILE> rule update",
          "profile <PROFILE> rule add inbound|outbound <RULE...>",
          "profile <PROFILE> rule remove inbound|outbound [RULE...]",
        ],
      });
    }
  });

  it("asks for help with -h, --help or the word help, and knows --version", () => {
    expect(parseArgv(["profile", "--help"])).toEqual({ kind: "help", words: ["profile"] });
    expect(parseArgv(["help", "endpoint"])).toEqual({ kind: "help", words: ["endpoint"] });
    expect(parseArgv(["-h"])).toEqual({ kind: "help", words: [] });
    expect(parseArgv(["--version"])).toEqual({ kind: "version" });
  });
});
