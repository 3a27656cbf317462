import { chmod, mkdtemp, readFile, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, patientTcp, startLab, tcp } from "../support/lab.ts";
import type { Workload } from "../support/netns.ts";
import { run } from "../support/run.ts";

/** The agent with the two capabilities its unit grants, and without a way to get more. */
const UNIT = new URL("../../lib/agent/tortie-agent.service", import.meta.url);
const NOBODY = "65534";
/** The legacy tools read files that only root's user may read; its rights are no more than nobody's. */
const USERS = [
  ["nft", NOBODY],
  ["legacy", "0"],
] as const;

let lab: Lab;
let web: Workload;
let app: Workload;

/** The checkout where anybody may read it: a mount, since it may stand in root's own folder. */
let checkout: string;
const program = () => `${checkout}/dist/tortie-agent.js`;

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), "tortie-checkout-"));
  await run(["mount", "--bind", fileURLToPath(new URL("../..", import.meta.url)), checkout]);
  lab = await startLab();
  const socket = lab.etcd.socketEndpoint.replace("unix:", "");
  await chmod(dirname(socket), 0o755);
  await chmod(socket, 0o666);
  web = await lab.network.workload({ node: "n1", name: "web", addresses: ["10.65.0.2", "fd65::2"] });
  app = await lab.network.workload({ node: "n1", name: "app", addresses: ["10.65.0.3", "fd65::3"] });
  for (const port of [80, 81]) await app.process.listen("tcp", port);
  const inbound = [{ action: "allow", protocol: "tcp", dst_ports: [80], src_tag: "WEB" }];
  await lab.profile("WEB", { tags: ["WEB"], rules: { inbound_rules: [], outbound_rules: [{ action: "allow" }] } });
  await lab.profile("APP", { tags: ["APP"], rules: { inbound_rules: inbound, outbound_rules: [] } });
  await lab.endpoint(web, ["WEB"]);
  await lab.endpoint(app, ["APP"]);
});
afterAll(async () => {
  await lab?.close();
  await run(["umount", "--lazy", checkout]);
  await rmdir(checkout);
});

/** Starts what follows with these capabilities, as systemd would by the unit. */
function withOnly(capabilities: readonly string[], user: string): readonly string[] {
  const plus = capabilities.map((name) => `+${name}`).join(",");
  return [
    ...["setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--no-new-privs"],
    ...["--bounding-set", `-all,${plus}`, "--inh-caps", plus, "--ambient-caps", plus],
  ];
}

async function granted(): Promise<readonly string[]> {
  const line = /^AmbientCapabilities=(.*)$/m.exec(await readFile(UNIT, "utf8"))?.[1] ?? "";
  return line.split(" ").map((name) => name.replace("CAP_", "").toLowerCase());
}

describe("the agent with the unit's rights", () => {
  it("has CAP_NET_ADMIN and CAP_NET_RAW and nothing else", async () => {
    expect(await granted()).toEqual(["net_admin", "net_raw"]);
  });

  it.each(USERS)("enforces, repairs and reports, %s as user %s", async (backend, user) => {
    const agent = lab.startAgent("n1", [`--backend=${backend}`], {
      argv: withOnly(await granted(), user),
      program: program(),
    });
    await lab.settle();
    for (const address of app.addresses) {
      expect(await patientTcp(web, address, 80)).toBe("open");
      expect(await tcp(web, address, 81)).toBe("timeout");
    }
    const status = await readFile(`/proc/${agent.pid}/status`, "utf8");
    expect(/^Uid:\t(\d+)/m.exec(status)?.[1]).toBe(user);
    expect(/^CapEff:\t(\w+)/m.exec(status)?.[1]).toBe("0000000000003000");
    await lab.inNode("n1", [`iptables-${backend}`, "-F", "FORWARD"]);
    await expect.poll(() => lab.inNode("n1", [`iptables-${backend}`, "-S", "FORWARD"])).toContain("tortie-FORWARD");
    await agent.stop();
    await lab.inNode("n1", [process.execPath, program(), "uninstall"]);
  });

  it("without CAP_NET_RAW or CAP_NET_ADMIN doctor says so", async () => {
    const found = await lab
      .inNode("n1", [...withOnly(["net_raw"], NOBODY), process.execPath, program(), "doctor"])
      .catch((error: { stdout: string }) => error.stdout);
    expect(found).toContain("FAIL  CAP_NET_ADMIN");
  });
});
