// What the playground is made of, as data: the commands are carried out by make-namespaces.mjs.
//
//        outside                    a machine that is no endpoint
//           │ out0  203.0.113.1/24, fd00:113::1/64
//         node                      a router that plays the node; the agent runs in here
//   caliweb │ │ caliapp             one host route each, as on a real node
//        web   app                  workloads with an endpoint each: profile lists [WEB] and [APP]

/** @typedef {{ name: string; namespace: string; addresses: readonly string[]; mac: string }} Machine */
/** @typedef {readonly (readonly [string, string])[]} Settings */
/** @typedef {Machine & { interface: string; profile: string }} Workload */

/** The name under which the playground's node appears in etcd. */
export const playgroundHost = "playground";

/** @param {string} runId @param {string} name */
const namespaceName = (runId, name) => `tortie-${runId}-${name}`;

/** The namespace of the node. */
export const nodeNamespace = (/** @type {string} */ runId) => namespaceName(runId, "node");

/** The two workloads, in the order in which they are shown. @returns {readonly Workload[]} */
export function workloads(/** @type {string} */ runId) {
  return [
    { name: "web", profile: "WEB", host: 2 },
    { name: "app", profile: "APP", host: 3 },
  ].map(({ name, profile, host }) => ({
    name,
    profile,
    namespace: namespaceName(runId, name),
    interface: `cali${name}`,
    mac: `02:00:0a:41:00:0${host}`,
    addresses: [`10.65.0.${host}`, `fd00:65::${host}`],
  }));
}

/** The machine outside. @returns {Machine} */
export function outsideMachine(/** @type {string} */ runId) {
  return {
    name: "outside",
    namespace: namespaceName(runId, "outside"),
    mac: "02:00:cb:00:71:02",
    addresses: ["203.0.113.2", "fd00:113::2"],
  };
}

/** Every machine one can probe from and to. @returns {readonly Machine[]} */
export function machines(/** @type {string} */ runId) {
  return [...workloads(runId), outsideMachine(runId)];
}

/** Every namespace of a run, the node's last: it holds the other ends of all wires. */
export function namespaces(/** @type {string} */ runId) {
  return [...machines(runId).map((machine) => machine.namespace), nodeNamespace(runId)];
}

/**
 * What `ip -batch` is told in each namespace, in this order: the node makes the wires, whose other ends appear in the
 * machines. A start of few programs is a quick one.
 * @returns {readonly { namespace: string; lines: readonly string[] }[]}
 */
export function setUpBatches(/** @type {string} */ runId) {
  const outside = outsideMachine(runId);
  return [
    {
      namespace: nodeNamespace(runId),
      lines: [
        "link set lo up",
        // Workloads ask for this address, on every wire; being the node's own, it is answered on all of them.
        "address add 169.254.1.1/32 dev lo",
        ...workloads(runId).flatMap(nodeLinesFor),
        `link add out0 type veth peer name eth0 netns ${outside.namespace}`,
        "address add 203.0.113.1/24 dev out0",
        "address add fd00:113::1/64 dev out0 nodad",
        "link set out0 up",
      ],
    },
    ...workloads(runId).map((workload) => ({ namespace: workload.namespace, lines: workloadLines(workload) })),
    { namespace: outside.namespace, lines: outsideLines(outside) },
  ];
}

/**
 * Kernel settings, as paths below /proc/sys and values. The node forwards nothing before its agent enforces: a visitor
 * who has allowed nothing must not see a packet pass.
 * @type {{ node: Settings; forwarding: Settings }}
 */
export const nodeSettings = {
  // Strict reverse path filter, as the model asks of a node for IPv4.
  node: [
    ["net/ipv4/conf/all/rp_filter", "1"],
    ["net/ipv4/conf/default/rp_filter", "1"],
  ],
  forwarding: [
    ["net/ipv4/ip_forward", "1"],
    ["net/ipv6/conf/all/forwarding", "1"],
  ],
};

/** @param {Workload} workload */
function nodeLinesFor({ namespace, interface: wire, addresses: [ipv4, ipv6] }) {
  return [
    `link add ${wire} type veth peer name eth0 netns ${namespace}`,
    `address add fe80::1/64 dev ${wire} nodad`,
    `link set ${wire} up`,
    `route add ${ipv4}/32 dev ${wire}`,
    `route add ${ipv6}/128 dev ${wire}`,
  ];
}

/** @param {Workload} workload */
function workloadLines({ mac, addresses: [ipv4, ipv6] }) {
  return [
    "link set lo up",
    `link set eth0 address ${mac} up`,
    `address add ${ipv4}/32 dev eth0`,
    `address add ${ipv6}/128 dev eth0 nodad`,
    "route add 169.254.1.1 dev eth0 scope link",
    "route add default via 169.254.1.1 dev eth0",
    "route add default via fe80::1 dev eth0",
  ];
}

/** @param {Machine} machine */
function outsideLines({ mac, addresses: [ipv4, ipv6] }) {
  return [
    "link set lo up",
    `link set eth0 address ${mac} up`,
    `address add ${ipv4}/24 dev eth0`,
    `address add ${ipv6}/64 dev eth0 nodad`,
    "route add default via 203.0.113.1",
    "route add default via fd00:113::1",
  ];
}
