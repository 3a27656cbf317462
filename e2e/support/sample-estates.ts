import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SeedState } from "./seed-state.ts";

const estatePath = fileURLToPath(new URL("../../lib/testing/estate-12.json", import.meta.url));

/** The twelve profiles and forty endpoints of the mockups. */
export const estate = JSON.parse(readFileSync(estatePath, "utf8")) as SeedState;

const allow = { action: "allow" };
const ping = { action: "allow", protocol: "icmp", icmp_type: 8 };

/** WEB and APP of the walkthrough before the import: APP as `profile add` made it, WEB without the key. */
export const walkthrough: SeedState = {
  profiles: {
    WEB: {
      tags: ["WEB"],
      rules: { inbound_rules: [{ ...allow, protocol: "tcp", dst_ports: [80, 443] }, ping], outbound_rules: [allow] },
    },
    APP: { tags: ["APP"], rules: { inbound_rules: [{ ...allow, src_tag: "APP" }], outbound_rules: [allow] } },
  },
};

/** APP-rules.json of the walkthrough, as people have it. */
export const APP_RULES = `${JSON.stringify(
  {
    id: "APP",
    inbound_rules: [{ action: "allow", protocol: "tcp", dst_ports: [7890], src_tag: "APP_7890" }, ping],
    outbound_rules: [allow],
  },
  null,
  2,
)}\n`;
