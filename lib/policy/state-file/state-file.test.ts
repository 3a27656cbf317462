import { describe, expect, it } from "vitest";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { formatStateFile } from "#policy/state-file/format-state-file.ts";
import { parseStateFile, parseStateValue } from "#policy/state-file/parse-state-file.ts";
import estate from "#testing/estate-12.json" with { type: "json" };

const ENDPOINT = { host: "h1", state: "active", profile_ids: ["WEB"], ipv4_nets: ["10.0.0.1/32"], ipv6_nets: [] };

function entriesOf(state: unknown): Readonly<Record<string, string>> {
  const { entries, issues } = parseStateValue(state);
  expect(issues).toEqual([]);
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

function issuesOf(state: unknown): readonly string[] {
  return parseStateValue(state).issues.map(({ kind, path }) => `${path.join(".")} ${kind}`);
}

/** The file that a snapshot of these raw values exports to, read back. */
function exported(values: Readonly<Record<string, string>>): {
  readonly again: Readonly<Record<string, string>>;
  readonly file: ReturnType<typeof JSON.parse>;
} {
  const entries = Object.entries(values).map(([key, value]) => ({ key, value, modRevision: 1 }));
  const text = formatStateFile(snapshotFromEntries(entries));
  const read = parseStateFile(text);
  expect(read.issues).toEqual([]);
  return { again: Object.fromEntries(read.entries.map(({ key, value }) => [key, value])), file: JSON.parse(text) };
}

describe("a state file", () => {
  it("E12 is the stored keys it describes", () => {
    const state = {
      hosts: { h1: { ip: "172.16.0.1", config: { DefaultEndpointToHostAction: "RETURN" } } },
      config: { InterfacePrefix: "cali" },
      profiles: { WEB: { tags: ["WEB"], rules: { inbound_rules: [], outbound_rules: [] } } },
      endpoints: { a: { ...ENDPOINT, name: "cali1", orchestrator: "docker", workload: "w" } },
    };
    const { host: _host, ...value } = ENDPOINT;
    expect(entriesOf(state)).toEqual({
      "/calico/v1/config/InterfacePrefix": "cali",
      "/calico/v1/host/h1/bird_ip": "172.16.0.1",
      "/calico/v1/host/h1/config/DefaultEndpointToHostAction": "RETURN",
      "/calico/v1/host/h1/workload/docker/w/endpoint/a": JSON.stringify({ ...value, name: "cali1" }),
      "/calico/v1/policy/profile/WEB/rules": '{"inbound_rules":[],"outbound_rules":[]}',
      "/calico/v1/policy/profile/WEB/tags": '["WEB"]',
    });
  });

  it("E12 gives an endpoint the manual orchestrator, its own name as workload, and a stable interface name", () => {
    const name = (state: unknown) =>
      Object.entries(entriesOf(state)).map(([key, value]) => [key, JSON.parse(value).name]);
    const [[key, generated]] = name({ endpoints: { a: ENDPOINT } }) as [[string, string]];
    expect(key).toBe("/calico/v1/host/h1/workload/manual/a/endpoint/a");
    expect(generated).toMatch(/^cali[0-9a-z]{11}$/);
    expect(name({ endpoints: { a: ENDPOINT, b: ENDPOINT } })[0]?.[1]).toBe(generated);
    expect(name({ endpoints: { a: ENDPOINT, b: ENDPOINT } })[1]?.[1]).not.toBe(generated);
  });

  it("E12 a void value is kept as void, with etcd's consequences", () => {
    const state = {
      profiles: { A: { tags: "WEB", rules: [] }, B: { rules: { inbound_rules: [{ action: "permit" }] } } },
      endpoints: { a: { ...ENDPOINT, state: "on" } },
    };
    const snapshot = snapshotFromEntries(parseStateValue(state).entries);
    const [a, b] = [...snapshot.profiles.values()];
    expect([a?.tags.kind, a?.rules.kind, b?.tags.kind, b?.rules.kind]).toEqual([
      "invalid",
      "invalid",
      "missing",
      "invalid",
    ]);
    expect([...snapshot.endpoints.values()][0]?.value.kind).toBe("invalid");
  });

  it("E12 an endpoint marked invalid is invalid, and is exported as it was", () => {
    const state = { endpoints: { a: { ...ENDPOINT, invalid: true, name: "cali1" }, b: { host: "h1", invalid: true } } };
    const snapshot = snapshotFromEntries(parseStateValue(state).entries);
    expect([...snapshot.endpoints.values()].map(({ value }) => value.kind)).toEqual(["invalid", "invalid"]);
    const again = JSON.parse(formatStateFile(snapshot)).endpoints;
    expect(again.a).toEqual({ ...ENDPOINT, invalid: true, name: "cali1", orchestrator: "manual", workload: "a" });
    expect(again.b).toMatchObject({ host: "h1", invalid: true });
    expect(again.b.state).toBeUndefined();
  });

  it("E12 endpoints that share a name are told apart by their four parts", () => {
    const values = {
      "/calico/v1/host/h1/workload/o/w/endpoint/eth0": '{"state":"active","name":"cali1"}',
      "/calico/v1/host/h2/workload/o/w/endpoint/eth0": '{"state":"active","name":"cali1"}',
      "/calico/v1/host/h2/workload/o/w/endpoint/eth1": '{"state":"active","name":"cali2"}',
    };
    const { again, file } = exported(values);
    expect(Object.keys(file.endpoints)).toEqual(["h1/o/w/eth0", "h2/o/w/eth0", "eth1"]);
    expect(again).toEqual(values);
  });

  it.each([
    ["text that is no JSON", "{"],
    ["a JSON text", '"WEB"'],
    ["nothing", ""],
    ["null", "null"],
    ["a list", '[{"state":"active"}]'],
    ["an object with a foreign host field", '{"state":"active","name":"cali1","host":"elsewhere"}'],
    ["an object with an invalid field of its own", '{"state":"active","name":"cali1","invalid":false}'],
    ["an object with a foreign invalid mark", '{"state":"active","name":"cali1","invalid":true}'],
    ["an object without an interface name", '{"state":"active"}'],
  ])("E12 loses nothing of an endpoint that holds %s", (_what, value) => {
    const values = { "/calico/v1/host/h1/workload/o/w/endpoint/a": value };
    expect(exported(values).again).toEqual(values);
  });

  it.each(["{", '"WEB"', "", "null", "7", '["a b"]', "{}"])("E12 loses nothing of a profile that holds %s", (value) => {
    const values = { "/calico/v1/policy/profile/P/rules": value, "/calico/v1/policy/profile/P/tags": value };
    const { again } = exported(values);
    expect(again["/calico/v1/policy/profile/P/tags"]).toBe(value);
    const emptied = '{"inbound_rules":[],"outbound_rules":[]}';
    expect(again["/calico/v1/policy/profile/P/rules"]).toBe(value === "{}" ? emptied : value);
  });

  it("E12 keeps the ready flag, odd settings and unknown keys of a rules object", () => {
    const values = {
      "/calico/v1/Ready": "not yet",
      "/calico/v1/config/X": "",
      "/calico/v1/host/h1/config/Y": "1",
      "/calico/v1/policy/profile/P/rules": '{"id":"P","inbound_rules":[{"src_net":null}],"outbound_rules":[]}',
    };
    expect(exported(values).again).toEqual(values);
  });

  it("E12 the example estate comes back as it went in", () => {
    const snapshot = snapshotFromEntries(parseStateValue(estate).entries);
    const again = JSON.parse(formatStateFile(snapshot));
    expect(again.hosts).toEqual(estate.hosts);
    expect(again.config).toEqual(estate.config);
    expect(again.profiles).toEqual(estate.profiles);
    expect(Object.keys(again.endpoints).sort()).toEqual(Object.keys(estate.endpoints).sort());
  });

  it.each([
    ["a section nobody knows", { endpionts: {} }, "endpionts unknown-key"],
    ["a section that is a list", { profiles: [] }, "profiles wrong-type"],
    ["an endpoint without a host", { endpoints: { a: { state: "active" } } }, "endpoints.a missing-key"],
    ["an endpoint name with a slash", { endpoints: { "a/b": ENDPOINT } }, "endpoints.a/b bad-name"],
    ["a key that says another host", { endpoints: { "h2/o/w/e": ENDPOINT } }, "endpoints.h2/o/w/e id-mismatch"],
    ["a host that is a text", { hosts: { h: "172.16.0.1" } }, "hosts.h wrong-type"],
    ["a field of a host nobody knows", { hosts: { h: { mac: "" } } }, "hosts.h.mac unknown-key"],
    ["a setting that is a number", { config: { A: 1 } }, "config.A wrong-type"],
    ["a leaf nobody knows", { profiles: { P: { rule: {} } } }, "profiles.P.rule unknown-key"],
  ])("E12 %s is an issue of the file", (_what, state, issue) => {
    expect(issuesOf(state)).toEqual([issue]);
  });

  it("E12 two names for one endpoint are an issue", () => {
    const state = { endpoints: { e: ENDPOINT, "h1/manual/e/e": ENDPOINT } };
    expect(issuesOf(state)).toEqual(["endpoints.h1/manual/e/e duplicate-key"]);
  });

  it.each(["", "[", "7", "null"])("E12 the text %j is no state file, and says so", (text) => {
    expect(parseStateFile(text)).toMatchObject({ entries: [], issues: [{ path: [] }] });
  });

  it("E12 names like __proto__ are names like any other", () => {
    const text =
      '{"profiles":{"__proto__":{"tags":["__proto__"]}},"endpoints":{"__proto__":{"host":"h1","__proto__":1}}}';
    const { entries } = parseStateFile(text);
    expect(entries.map(({ key }) => key)).toEqual([
      "/calico/v1/host/h1/workload/manual/__proto__/endpoint/__proto__",
      "/calico/v1/policy/profile/__proto__/tags",
    ]);
    expect(formatStateFile(snapshotFromEntries(entries))).toContain('"__proto__": {');
  });
});
