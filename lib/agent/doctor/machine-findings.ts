import { readFileSync } from "node:fs";
import type { Finding } from "#agent/doctor/finding.ts";

const CAP_NET_ADMIN = 12n;
const CAP_NET_RAW = 13n;

/** What the machine itself must be like; reads files and changes nothing. */
export function machineFindings(): readonly Finding[] {
  return [
    privileges(),
    forwarding("IPv4", "/proc/sys/net/ipv4/ip_forward", "net.ipv4.ip_forward"),
    forwarding("IPv6", "/proc/sys/net/ipv6/conf/all/forwarding", "net.ipv6.conf.all.forwarding"),
    reversePath(readSetting("/proc/sys/net/ipv4/conf/all/rp_filter")),
  ];
}

function privileges(): Finding {
  const effective = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  const held = BigInt(`0x${effective ?? "0"}`);
  const ok = ((held >> CAP_NET_ADMIN) & 1n) === 1n && ((held >> CAP_NET_RAW) & 1n) === 1n;
  return { ok, what: "CAP_NET_ADMIN and CAP_NET_RAW are held", fix: "run as root, or with these two capabilities" };
}

function forwarding(name: string, path: string, setting: string): Finding {
  const value = readSetting(path);
  return { ok: value === "1", what: `${name} packets are forwarded`, fix: `sysctl -w ${setting}=1` };
}

/**
 * Sources are checked by our own rules whatever this says, so no value is wrong. Strict drops what comes by another way
 * than its answer would take, on the node's own interfaces too, and nobody would see why.
 */
export function reversePath(value: string | undefined): Finding {
  const strict = "strict; where this node has several ways out, sysctl -w net.ipv4.conf.all.rp_filter=0";
  const says = value === "1" ? strict : value === "2" ? "loose" : value === "0" ? "off" : "absent";
  return { ok: true, what: `rp_filter is ${says}; sources of endpoints are checked by our own rules` };
}

function readSetting(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    // Without the file the kernel has no such protocol.
    return undefined;
  }
}
