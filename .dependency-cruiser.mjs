/**
 * The law of the layers (ARCHITECTURE.md): imports point down the picture, never up, never sideways between doors.
 * Every rule here is proved to fire by lib/testing/boundary-canary.test.ts.
 */
const tests = "([.](test|property[.]test|contract[.]test)[.]tsx?$|^lib/testing/|/testing/|^e2e/)";
const pure = "^lib/(prelude|policy|analysis|dataplane/(desired|plan))/";

/** @typedef {import("dependency-cruiser").IRegularForbiddenRuleType | import("dependency-cruiser").IReachabilityForbiddenRuleType} ForbiddenRule */

/**
 * @param {string} name
 * @param {string} comment
 * @param {ForbiddenRule["from"]} from
 * @param {ForbiddenRule["to"]} to
 * @returns {ForbiddenRule}
 */
function rule(name, comment, from, to) {
  return { name, severity: "error", comment, from, to };
}

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    rule("no-cycles", "A cycle has no layers. Move the shared part down.", {}, { circular: true }),
    rule(
      "pure-layers-never-reach-io",
      "policy and analysis stay pure so that the browser, CLI and agent can share them. Pass data in, or move the file to a shell.",
      { path: pure, pathNot: tests },
      {
        path: "^(lib/(store|operations|web|cli|agent|auth|telemetry)|node_modules/(etcd3|next|react))",
        reachable: true,
      },
    ),
    rule(
      "pure-layers-use-no-core",
      "Pure layers do no I/O (I2): Node's own modules belong to the shells.",
      { path: pure, pathNot: tests },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "pure-layers-use-allowed-packages",
      "Pure layers take only side-effect-free packages.",
      { path: pure, pathNot: tests },
      { path: "^node_modules/", pathNot: "^node_modules/(zod|jsonc-parser|ipaddr[.]js|@noble/hashes)/" },
    ),
    rule(
      "prelude-knows-nothing",
      "The prelude knows no domain.",
      { path: "^lib/prelude/", pathNot: tests },
      { path: "^(lib|app|components)/", pathNot: "^lib/prelude/" },
    ),
    rule(
      "policy-stands-alone",
      "The model imports only the prelude.",
      { path: "^lib/policy/", pathNot: tests },
      { path: "^(lib|app|components)/", pathNot: "^lib/(prelude|policy)/" },
    ),
    rule(
      "analysis-sees-the-model",
      "The judge imports the model and the prelude.",
      { path: "^lib/analysis/", pathNot: tests },
      { path: "^(lib|app|components)/", pathNot: "^lib/(prelude|policy|analysis)/" },
    ),
    rule(
      "dataplane-is-pure-or-a-shell",
      "The dataplane imports the model and the prelude; only the agent drives it.",
      { path: "^lib/dataplane/", pathNot: tests },
      { path: "^(lib|app|components)/", pathNot: "^lib/(prelude|policy|dataplane)/" },
    ),
    rule(
      "only-store-etcd-sees-etcd3",
      "etcd3 has defects that are wrapped in one place (I3, ADR-011).",
      { pathNot: "^lib/store/etcd/" },
      { path: "^node_modules/(etcd3|@grpc|cockatiel)/" },
    ),
    rule(
      "store-knows-no-caller",
      "The store does not know who is asking.",
      { path: "^lib/store/", pathNot: tests },
      { path: "^(lib|app|components)/", pathNot: "^lib/(prelude|policy|store)/" },
    ),
    rule(
      "operations-see-ports",
      "Operations receive ports; they know no HTTP, argv, React, iptables or etcd.",
      { path: "^lib/operations/", pathNot: tests },
      { path: "^(lib|app|components)/", pathNot: "^lib/(prelude|policy|analysis|auth|operations|store/[^/]+[.]ts)" },
    ),
    rule(
      "doors-ignore-each-other",
      "Three doors, one house: what they share moves down.",
      { path: "^lib/(web|cli|agent)/", pathNot: tests },
      { path: "^lib/(web|cli|agent)/", pathNot: "^lib/$1/" },
    ),
    rule(
      "web-and-cli-leave-the-kernel-alone",
      "Only the agent touches the kernel; the CLI may render (pure).",
      { path: "^lib/(web|cli)/", pathNot: tests },
      { path: "^lib/dataplane/(actual|apply|plan)/" },
    ),
    rule(
      "agent-needs-no-web",
      "The agent imports store, dataplane, policy and telemetry.",
      { path: "^lib/agent/", pathNot: tests },
      { path: "^(lib/(operations|web|cli|auth|analysis)|app|components)/" },
    ),
    rule(
      "only-actual-and-apply-run-commands",
      "One exec in the repository, argv arrays only (I3, I4).",
      { path: "^(lib|app|components)/", pathNot: ["^lib/dataplane/(actual|apply)/", "^lib/launch/", tests] },
      { path: "^child_process$" },
    ),
    rule(
      "the-browser-has-one-door",
      "Components reach the server through web/actions and web/queries only.",
      { path: "^components/", pathNot: tests },
      { path: "^(lib|app)/", pathNot: "^lib/(prelude|policy|analysis|web/(actions|queries|events/event-types))" },
    ),
    rule(
      "components-use-no-core",
      "Components run in the browser.",
      { path: "^components/", pathNot: tests },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "queries-are-browser-code",
      "Queries run in the browser: no store, no server half.",
      { path: "^lib/web/queries/", pathNot: tests },
      { path: "^lib/(store|operations|auth|dataplane|agent|cli|web/(http|deps))/?" },
    ),
    rule(
      "launch-stands-alone",
      "Launch runs before npm ci: Node's own modules only.",
      { path: "^lib/launch/", pathNot: tests },
      { path: "^(lib|app|components|node_modules)/", pathNot: "^(lib/launch/|node_modules/esbuild/)" },
    ),
    rule(
      "nobody-imports-launch",
      "Launch is an entry, not a library.",
      { path: "^(lib|app|components)/", pathNot: ["^lib/launch/", tests] },
      { path: "^lib/launch/" },
    ),
    rule(
      "no-test-imports",
      "Product code never imports test code.",
      { path: "^(lib|app|components)/", pathNot: tests },
      { path: tests },
    ),
    rule(
      "app-wires-only",
      "Routes wire components and the web door.",
      { path: "^app/", pathNot: tests },
      { path: "^lib/", pathNot: "^lib/(web|policy|analysis|prelude)/" },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^([.]next|dist|[.]next-[^/]+)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
