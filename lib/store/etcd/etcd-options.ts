import { err, ok, type Result } from "#prelude/result.ts";

/** How to reach etcd, and the limits its operator gave it. */
export type EtcdOptions = {
  /** `http://host:port`, `https://host:port` or `unix:/path`; one entry per member. */
  readonly endpoints: readonly string[];
  /** PEM files, used for `https:` members; without `caFile` the system's authorities count. */
  readonly tls?: { readonly caFile?: string; readonly certFile?: string; readonly keyFile?: string };
  readonly auth?: { readonly username: string; readonly password: string };
  /** etcd's `--max-txn-ops`; its default is 128. */
  readonly maxTxnOps?: number;
  /** etcd's `--max-request-bytes`; its default is 1.5 MiB. */
  readonly maxRequestBytes?: number;
  /** Deadline of one call to one member; 5000 unless given. */
  readonly callTimeoutMs?: number;
  /** How long calls that may be repeated are repeated; 4000 unless given. */
  readonly retryForMs?: number;
  /** How often a watch asks its member whether it still lives; 5000 unless given. */
  readonly heartbeatMs?: number;
};

/** Why the environment does not describe an etcd. */
export type EtcdOptionsError =
  | { readonly kind: "bad-endpoint"; readonly found: string }
  | { readonly kind: "bad-limit"; readonly variable: string; readonly found: string }
  | { readonly kind: "set-together"; readonly set: string; readonly missing: string };

const DEFAULT_ENDPOINT = "http://127.0.0.1:2379";

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads ETCD_ENDPOINTS and its companions (cli.md, Connection); an empty variable counts as unset. */
export function etcdOptionsFromEnv(env: Environment): Result<EtcdOptions, EtcdOptionsError> {
  const endpoints: string[] = [];
  for (const text of (env.ETCD_ENDPOINTS || DEFAULT_ENDPOINT).split(",").map((part) => part.trim())) {
    const endpoint = parseEndpoint(text);
    if (endpoint === undefined) return err({ kind: "bad-endpoint", found: text });
    if (!endpoints.includes(endpoint)) endpoints.push(endpoint);
  }
  const lonely =
    findLonely(env, "ETCD_CERT_FILE", "ETCD_KEY_FILE") ?? findLonely(env, "ETCD_USERNAME", "ETCD_PASSWORD");
  if (lonely !== undefined) return err(lonely);
  const maxTxnOps = parseLimit(env, "ETCD_MAX_TXN_OPS");
  if (!maxTxnOps.ok) return maxTxnOps;
  const maxRequestBytes = parseLimit(env, "ETCD_MAX_REQUEST_BYTES");
  if (!maxRequestBytes.ok) return maxRequestBytes;
  return ok({
    endpoints,
    tls: {
      ...(env.ETCD_CA_CERT_FILE && { caFile: env.ETCD_CA_CERT_FILE }),
      ...(env.ETCD_CERT_FILE && { certFile: env.ETCD_CERT_FILE }),
      ...(env.ETCD_KEY_FILE && { keyFile: env.ETCD_KEY_FILE }),
    },
    ...(env.ETCD_USERNAME && { auth: { username: env.ETCD_USERNAME, password: env.ETCD_PASSWORD ?? "" } }),
    ...maxTxnOps.value,
    ...maxRequestBytes.value,
  });
}

/** One line for a person about what is wrong in the environment. */
export function describeEtcdOptionsError(error: EtcdOptionsError): string {
  switch (error.kind) {
    case "bad-endpoint":
      return `ETCD_ENDPOINTS: "${error.found}" is not http://HOST:PORT, https://HOST:PORT or unix:/PATH`;
    case "bad-limit":
      return `${error.variable}: "${error.found}" is not a positive whole number`;
    case "set-together":
      return `${error.set} is set, so ${error.missing} must be set too`;
  }
}

/** The endpoint as gRPC understands it, or undefined. A missing port is etcd's 2379. */
function parseEndpoint(text: string): string | undefined {
  const socket = /^unix:(?:\/\/)?(\/.+)$/.exec(text);
  if (socket?.[1] !== undefined) return `unix:${socket[1]}`;
  const match = /^(https?):\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+)(?::([0-9]{1,5}))?\/?$/.exec(text);
  if (match === null) return undefined;
  const port = Number(match[3] ?? 2379);
  return port >= 1 && port <= 65_535 ? `${match[1]}://${match[2]}:${port}` : undefined;
}

function findLonely(env: Environment, first: string, second: string): EtcdOptionsError | undefined {
  if (Boolean(env[first]) === Boolean(env[second])) return undefined;
  return env[first]
    ? { kind: "set-together", set: first, missing: second }
    : { kind: "set-together", set: second, missing: first };
}

type Limits = { readonly maxTxnOps?: number; readonly maxRequestBytes?: number };

function parseLimit(
  env: Environment,
  variable: "ETCD_MAX_TXN_OPS" | "ETCD_MAX_REQUEST_BYTES",
): Result<Limits, EtcdOptionsError> {
  const found = env[variable];
  if (!found) return ok({});
  if (!/^[1-9][0-9]{0,9}$/.test(found)) return err({ kind: "bad-limit", variable, found });
  return ok(variable === "ETCD_MAX_TXN_OPS" ? { maxTxnOps: Number(found) } : { maxRequestBytes: Number(found) });
}
