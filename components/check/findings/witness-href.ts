import type { WitnessProbe } from "#analysis/findings/finding.ts";
import { parseTraffic } from "#policy/traffic.ts";
import { checkHref } from "../check-href.ts";

/** The question about the packet that proves a finding; none for a probe that the page cannot ask about. */
export function witnessHref(probe: WitnessProbe): string | undefined {
  const [from, to] = [placeOf(probe.src), placeOf(probe.dst)];
  const traffic = parseTraffic({
    ip_version: probe.ip_version,
    protocol: probe.protocol,
    ...(probe.dst_port === undefined ? {} : { dst_ports: [probe.dst_port] }),
    icmp_type: probe.icmp_type,
  });
  if (from === undefined || to === undefined || !traffic.ok) return undefined;
  return checkHref({ from, to, traffic: traffic.value });
}

function placeOf(place: unknown): string | undefined {
  if (typeof place !== "object" || place === null) return undefined;
  const [[kind, name] = []] = Object.entries(place);
  if (typeof name !== "string" || kind === undefined) return undefined;
  return kind === "ip" ? name : `${kind}:${name}`;
}
