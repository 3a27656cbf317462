import { describe, expect, it } from "vitest";
import { nodeSettings } from "#dataplane/desired/node-settings.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";

/** The settings of n1 where these keys below /calico/v1/ hold these values. */
function settings(config: Readonly<Record<string, string>>, interfacePrefix?: string) {
  const entries = Object.entries(config).map(([key, value]) => ({ key: `/calico/v1/${key}`, value, modRevision: 1 }));
  const local = { host: "n1", families: [4, 6] as const, ...(interfacePrefix && { interfacePrefix }) };
  return nodeSettings(snapshotFromEntries(entries), local);
}

describe("a node's settings", () => {
  it("without configuration are the classic ones", () => {
    expect(settings({})).toEqual({
      options: { host: "n1", families: [4, 6], interfacePrefixes: ["cali"], acceptBit: 0x1000000, maxSetSize: 1048576 },
      rejected: [],
    });
  });

  it("the host's own value counts above the global one, the command line above both", () => {
    const config = { "config/InterfacePrefix": "tap", "host/n1/config/InterfacePrefix": "veth,cali" };
    expect(settings(config).options.interfacePrefixes).toEqual(["cali", "veth"]);
    expect(settings(config, "wl").options.interfacePrefixes).toEqual(["wl"]);
  });

  it("the accept mark is the lowest bit of the mask, in hexadecimal or decimal", () => {
    expect(settings({ "config/IptablesMarkMask": "0x00f00000" }).options.acceptBit).toBe(0x100000);
    expect(settings({ "config/IptablesMarkMask": "2147483648" }).options.acceptBit).toBe(0x80000000);
  });

  it.each([
    ["InterfacePrefix", "cali; reboot"],
    ["IptablesMarkMask", "0"],
    ["IptablesMarkMask", "0x1ffffffff"],
    ["MaxIpsetSize", "many"],
  ])("%s = %j is rejected with its name, and the default stands", (name, value) => {
    const { options, rejected } = settings({ [`config/${name}`]: value });
    expect(options).toEqual(settings({}).options);
    expect(rejected.map(({ key }) => key)).toEqual([`config/${name}`]);
  });
});
