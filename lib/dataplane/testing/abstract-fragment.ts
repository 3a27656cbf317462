import type { FragmentSide, PortChunk, RuleFragment } from "#dataplane/desired/rules/rule-fragment.ts";
import { formatProtocol } from "#policy/protocol.ts";
import type { Cidr, Family, IcmpKind } from "#policy/rule.ts";

/** A fragment in the words of conformance/render.json. */
export type AbstractFragment = Readonly<Record<string, unknown>>;

/** Says in the conformance file's words what a line matches and does. */
export function abstractFragment(fragment: RuleFragment, family: Family): AbstractFragment {
  const icmp = family === 4 ? "icmp" : "icmpv6";
  return present({
    proto: fragment.protocol === undefined ? undefined : formatProtocol(fragment.protocol),
    not_proto: fragment.notProtocol === undefined ? undefined : formatProtocol(fragment.notProtocol),
    ...side("src", fragment.src),
    ...side("dst", fragment.dst),
    [icmp]: icmpText(fragment.icmp),
    [`not_${icmp}`]: icmpText(fragment.notIcmp),
    ...outcome(fragment),
  });
}

function side(name: "src" | "dst", { net, notNet, tag, notTag, ports, notPorts }: FragmentSide): AbstractFragment {
  return {
    [`${name}_net`]: netText(net),
    [`not_${name}_net`]: netText(notNet),
    [`${name}_set`]: tag === undefined ? undefined : `tag:${tag}`,
    [`not_${name}_set`]: notTag === undefined ? undefined : `tag:${notTag}`,
    [`${name}_ports`]: ports && portList(ports),
    [`not_${name}_ports`]: notPorts?.map(portList),
  };
}

/** A single address stands there without its prefix length. */
function netText(net: Cidr | undefined): string | undefined {
  return net?.text.replace(net.family === 4 ? /\/32$/ : /\/128$/, "");
}

function portList(chunk: PortChunk): readonly (number | string)[] {
  return chunk.map(([lo, hi]) => (lo === hi ? lo : `${lo}:${hi}`));
}

function icmpText(kind: IcmpKind | undefined): string | undefined {
  return kind && (kind.code === undefined ? String(kind.type) : `${kind.type}/${kind.code}`);
}

function outcome({ outcome }: RuleFragment): AbstractFragment {
  if (outcome.kind === "log") {
    return { action: "log", log_prefix: `${outcome.prefix}: `, log_level: 5, continue: true };
  }
  return { action: { accept: "allow", drop: "deny", "leave-profile": "next-tier" }[outcome.kind] };
}

function present(fields: AbstractFragment): AbstractFragment {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
