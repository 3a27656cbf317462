import { describe, expect, it } from "vitest";
import {
  configKey,
  endpointKeyPath,
  formatEndpointKey,
  hostIpKey,
  parseEndpointKey,
  parsePolicyKey,
  profileRulesKey,
  profileSidecarKey,
  profileTagsKey,
  READY_KEY,
} from "#policy/layout/policy-key.ts";
import type { ProfileId } from "#policy/profile-id.ts";

const WEB = "WEB" as ProfileId;
const key = { host: "node-01", orchestrator: "docker", workload: "default.web", endpoint: "eth0" };

describe("the classic layout", () => {
  it.each([
    ["/calico/v1/Ready", { kind: "ready" }],
    ["/calico/v1/config/InterfacePrefix", { kind: "config", name: "InterfacePrefix" }],
    ["/calico/v1/host/h/config/LogLevel", { kind: "host-config", host: "h", name: "LogLevel" }],
    ["/calico/v1/host/h/bird_ip", { kind: "host-ip", host: "h" }],
    ["/calico/v1/host/node-01/workload/docker/default.web/endpoint/eth0", { kind: "endpoint", key }],
    ["/calico/v1/policy/profile/WEB/tags", { kind: "profile-tags", id: "WEB" }],
    ["/calico/v1/policy/profile/./rules", { kind: "profile-rules", id: "." }],
    ["/tortie/v1/sidecar/profile/WEB", { kind: "profile-sidecar", id: "WEB" }],
    ["/calico/v1/policy/profile/a b/rules", { kind: "bad-profile-id", found: "a b" }],
  ])("E11 %s is read", (text, parsed) => {
    expect(parsePolicyKey(text)).toEqual(parsed);
  });

  it.each([
    "/calico/v1/policy/profile/WEB/labels",
    "/calico/v1/policy/profile/WEB",
    "/calico/v1/policy/profile/WEB/rules/more",
    "/calico/v1/policy/profile//rules",
    "/calico/v1/policy/tier/t/policy/p",
    "/calico/v1/host/h/endpoint/eth0",
    "/calico/v1/host/h/workload/o/w/endpoint",
    "/calico/v1/host/h/workload/o/w/interface/e",
    "/calico/v1/ipam/v4/pool/10.0.0.0-8",
    "/calico/v1/Ready/",
    "/calico/v1/",
    "/calico/v2/Ready",
    "calico/v1/Ready",
    "/tortie/v1/journal/1",
    "/tortie/v1/sidecar/profile/",
    "/tortie/v1/sidecar/profile/WEB/more",
    "",
  ])("E11 %j is not part of the model", (text) => {
    expect(parsePolicyKey(text)).toBeUndefined();
  });

  it("E11 every key that is written is read back", () => {
    expect(parsePolicyKey(profileTagsKey(WEB))).toEqual({ kind: "profile-tags", id: "WEB" });
    expect(parsePolicyKey(profileRulesKey(WEB))).toEqual({ kind: "profile-rules", id: "WEB" });
    expect(parsePolicyKey(profileSidecarKey(WEB))).toEqual({ kind: "profile-sidecar", id: "WEB" });
    expect(parsePolicyKey(endpointKeyPath(key))).toEqual({ kind: "endpoint", key });
    expect(parsePolicyKey(hostIpKey("h"))).toEqual({ kind: "host-ip", host: "h" });
    expect(parsePolicyKey(configKey("A"))).toEqual({ kind: "config", name: "A" });
    expect(parsePolicyKey(configKey("A", "h"))).toEqual({ kind: "host-config", host: "h", name: "A" });
    expect(parsePolicyKey(READY_KEY)).toEqual({ kind: "ready" });
  });

  it("E11 an endpoint's four parts make its name among namesakes, and nothing else does", () => {
    expect(parseEndpointKey(formatEndpointKey(key))).toEqual(key);
    for (const text of ["eth0", "a/b/c", "a/b/c/d/e", "a//c/d", ""]) expect(parseEndpointKey(text)).toBeUndefined();
  });
});
