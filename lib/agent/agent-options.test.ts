import { describe, expect, it } from "vitest";
import { parseAgentOptions, type RawOptions } from "#agent/agent-options.ts";

const parse = (raw: RawOptions) => parseAgentOptions(raw, "node-7");

describe("the agent's options", () => {
  it("without any: this machine's name, the backend it uses, figures on loopback", () => {
    expect(parse({})).toEqual({
      ok: true,
      value: {
        host: "node-7",
        backend: "auto",
        dryRun: false,
        auditIntervalMs: 10_000,
        fullAuditMs: 300_000,
        membersAnAudit: 5_000,
        orphanGraceMs: 60_000,
        metrics: { host: "127.0.0.1", port: 9091 },
      },
    });
  });

  it.each<[RawOptions, string]>([
    [{ host: "a/b" }, "--host"],
    [{ host: "x\n" }, "--host"],
    [{ interfacePrefix: "" }, "--interface-prefix"],
    [{ interfacePrefix: "cali,ta+p" }, "--interface-prefix"],
    [{ interfacePrefix: "fifteen-letters" }, "--interface-prefix"],
    [{ backend: "iptables" }, "--backend"],
    [{ metrics: "0.0.0.0:9091" }, "--metrics"],
    [{ metrics: "127.0.0.1:99999" }, "--metrics"],
    [{ auditInterval: "never" }, "--audit-interval"],
    [{ auditInterval: "0" }, "--audit-interval"],
    [{ fullAudit: "0" }, "--full-audit"],
  ])("%j is refused by name", (raw, option) => {
    const options = parse(raw);
    expect(options.ok ? "accepted" : options.error).toContain(option);
  });

  it("figures can be off, and several prefixes may be managed", () => {
    const options = parse({ metrics: "off", interfacePrefix: "tap,cali", backend: "legacy" });
    expect(options.ok && options.value).toMatchObject({ interfacePrefix: "tap,cali", backend: "legacy" });
    expect(options.ok && "metrics" in options.value).toBe(false);
  });
});
