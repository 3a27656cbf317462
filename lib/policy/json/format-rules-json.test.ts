import { expect, it } from "vitest";
import { formatRulesJson } from "#policy/json/format-rules-json.ts";
import { parseProfileId } from "#policy/profile-id.ts";
import { parseRulesValue } from "#policy/rules-value.ts";

it("P36 keys stand in one order, values as stored, nulls and foreign top-level keys left out", () => {
  const leaf = parseRulesValue(
    '{"x":1,"inbound_rules":[{"dst_ports":[443,"1:2"],"src_net":"10/8","x":null,"protocol":6,"action":"deny","!src_tag":"B","src_tag":null}]}',
  );
  const id = parseProfileId("P");
  if (!id.ok || leaf.kind !== "valid") throw new Error("both are valid");
  expect(formatRulesJson(id.value, leaf.value)).toBe(`{
  "id": "P",
  "inbound_rules": [
    {
      "action": "deny",
      "protocol": 6,
      "!src_tag": "B",
      "src_net": "10/8",
      "dst_ports": [
        443,
        "1:2"
      ]
    }
  ],
  "outbound_rules": []
}`);
});
