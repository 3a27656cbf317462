import { describe, expect, it } from "vitest";
import { parseRequest } from "./parse-request.mjs";
import { namespaces, nodeNamespace, setUpBatches, workloads } from "./topology.mjs";

describe("the playground's namespaces", () => {
  it("all carry the run's id", () => {
    expect(namespaces("0a1b2c")).toEqual([
      "tortie-0a1b2c-web",
      "tortie-0a1b2c-app",
      "tortie-0a1b2c-outside",
      "tortie-0a1b2c-node",
    ]);
  });

  it("are the only place where anything is set up, the node first", () => {
    expect(setUpBatches("0a1b2c").map(({ namespace }) => namespace)).toEqual([
      "tortie-0a1b2c-node",
      "tortie-0a1b2c-web",
      "tortie-0a1b2c-app",
      "tortie-0a1b2c-outside",
    ]);
    const lines = setUpBatches("0a1b2c").flatMap((batch) => batch.lines);
    const named = lines.flatMap((line) => /netns (\S+)/.exec(line)?.[1] ?? []);
    expect(named).toHaveLength(3);
    expect(namespaces("0a1b2c")).toEqual(expect.arrayContaining(named));
  });

  it("hold workloads whose interfaces an agent takes for its own", () => {
    expect(workloads("0a1b2c").map((workload) => [workload.interface, workload.profile])).toEqual([
      ["caliweb", "WEB"],
      ["caliapp", "APP"],
    ]);
    expect(nodeNamespace("0a1b2c")).toBe("tortie-0a1b2c-node");
  });
});

describe("npm run playground --", () => {
  const names = ["web", "app", "outside"];

  it.each([
    [[], { kind: "all" }],
    [["web", "app", "7890"], { kind: "one", from: "web", to: "app", port: 7890 }],
    [["outside", "web", "ping"], { kind: "one", from: "outside", to: "web", port: "ping" }],
    [["shell", "app"], { kind: "shell", machine: "app" }],
  ])("%j", (words, request) => {
    expect(parseRequest(words, names)).toEqual(request);
  });

  it.each([
    [["web"], "A machine is missing"],
    [["shell"], "A machine is missing"],
    [["web", "db", "80"], "There is no machine db: web, app, outside"],
    [["web", "web", "80"], "A machine always reaches itself"],
    [["web", "app"], "A port, or ping, is missing"],
    [["web", "app", "0"], "0 is neither a TCP port nor ping"],
    [["web", "app", "70000"], "70000 is neither"],
    [["web", "app", "http"], "http is neither"],
  ])("%j is refused: %s", (words, message) => {
    expect(() => parseRequest(words, names)).toThrow(message);
  });
});
