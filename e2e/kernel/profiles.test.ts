import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, patientTcp, startLab, tcp } from "../support/lab.ts";
import type { Workload } from "../support/netns.ts";

/** What missing, invalid, empty and reordered profiles do to packets. */
let lab: Lab;
let work: Workload;

const OPEN = { inbound_rules: [{ action: "allow" }], outbound_rules: [{ action: "allow" }] };
const EMPTY = { inbound_rules: [], outbound_rules: [] };
const CLOSED = { inbound_rules: [{ action: "deny" }], outbound_rules: [] };

beforeAll(async () => {
  lab = await startLab();
  work = await lab.network.workload({ node: "n1", name: "work", addresses: ["10.65.0.2", "fd65::2"] });
  await work.process.listen("tcp", 80);
  lab.startAgent("n1");
  await lab.profile("OPEN", { tags: [], rules: OPEN });
  await lab.profile("EMPTY", { tags: [], rules: EMPTY });
  await lab.profile("CLOSED", { tags: [], rules: CLOSED });
  await lab.profile("TAGS-ONLY", { tags: ["TAGS-ONLY"] });
  await lab.profile("ONE-BAD-RULE", { tags: [], rules: { ...OPEN, outbound_rules: [{ dst_ports: [80] }] } });
  await lab.profile("NO-JSON", { tags: [], rules: "{" });
});

afterAll(() => lab?.close());

describe("an endpoint whose profiles are", () => {
  it.each([
    ["OPEN", "open"],
    ["GONE OPEN", "timeout"],
    ["OPEN GONE", "open"],
    ["EMPTY GONE", "timeout"],
    ["EMPTY OPEN", "open"],
    ["TAGS-ONLY OPEN", "timeout"],
    ["ONE-BAD-RULE", "timeout"],
    ["NO-JSON OPEN", "timeout"],
    ["CLOSED OPEN", "timeout"],
    ["OPEN CLOSED", "open"],
    ["", "timeout"],
  ])("[%s]: %s", async (profiles, expected) => {
    await lab.endpoint(
      work,
      profiles.split(" ").filter((id) => id !== ""),
    );
    await lab.settle();
    const attempt = expected === "open" ? patientTcp : tcp;
    for (const address of work.addresses) expect(await attempt(lab.network.outside, address, 80)).toBe(expected);
  });

  it("inactive, invalid or removed passes nothing new", async () => {
    for (const fields of [{ state: "inactive" }, { state: "asleep" }, { mac: "nonsense" }]) {
      await lab.endpoint(work, ["OPEN"], fields);
      await lab.settle();
      expect(await tcp(lab.network.outside, "10.65.0.2", 80)).toBe("timeout");
    }
    await lab.endpoint(work, ["OPEN"]);
    await lab.settle();
    expect(await patientTcp(lab.network.outside, "10.65.0.2", 80)).toBe("open");
    await lab.removeEndpoint(work);
    await lab.settle();
    expect(await tcp(lab.network.outside, "10.65.0.2", 80)).toBe("timeout");
  });

  it("while Ready is not true nothing changes, and everything is caught up after", async () => {
    await lab.endpoint(work, ["OPEN"]);
    await lab.settle();
    await lab.keys.put("/calico/v1/Ready", "false");
    await lab.endpoint(work, ["CLOSED"]);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await patientTcp(lab.network.outside, "10.65.0.2", 80)).toBe("open");
    await lab.keys.put("/calico/v1/Ready", "true");
    await lab.settle();
    expect(await tcp(lab.network.outside, "10.65.0.2", 80)).toBe("timeout");
  });
});
