import type { Endpoint } from "#policy/endpoint.ts";
import type { Issue } from "#policy/issue.ts";

/** What our doors refuse in an endpoint though the agent would take it: a profile named twice, a block of addresses. */
export function checkDoorEndpoint({ profileIds, ipv4Nets, ipv6Nets }: Endpoint): readonly Issue[] {
  const issues: Issue[] = [];
  profileIds.forEach((id, index) => {
    if (profileIds.indexOf(id) !== index) issues.push({ kind: "duplicate-key", key: id, path: ["profile_ids", index] });
  });
  for (const [field, nets] of [
    ["ipv4_nets", ipv4Nets],
    ["ipv6_nets", ipv6Nets],
  ] as const) {
    nets.forEach(({ cidr }, index) => {
      const isBlock = cidr.prefix < (cidr.family === 4 ? 32 : 128);
      if (isBlock) issues.push({ kind: "bad-address", found: cidr.text, path: [field, index] });
    });
  }
  return issues;
}
