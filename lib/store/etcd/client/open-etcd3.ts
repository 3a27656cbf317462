import { readFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";
import type { Etcd3, IOptions } from "etcd3";
import type { EtcdOptions } from "#store/etcd/etcd-options.ts";

// etcd answers a page of 5000 keys or a watch's catch-up in one message; gRPC's default is 4 MiB.
const MAX_RECEIVE_BYTES = 64 * 1024 * 1024;

const CHANNEL_OPTIONS = {
  "grpc.max_receive_message_length": MAX_RECEIVE_BYTES,
  // A peer that is frozen or cut off keeps its connection open; pings find out. etcd allows one each 5 s, and none
  // while no call is open.
  "grpc.keepalive_time_ms": 10_000,
  "grpc.keepalive_timeout_ms": 3_000,
  // gRPC would send even loopback traffic through http_proxy.
  "grpc.enable_http_proxy": 0,
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 500,
} as const;

/** Opens an etcd3 client of one member. etcd3 is loaded here and only now: it costs a command line 200 ms. */
export async function openEtcd3(endpoint: string, options: EtcdOptions): Promise<Etcd3> {
  const [{ Etcd3: Client }, { noop }] = await Promise.all([import("etcd3"), import("cockatiel")]);
  const callTimeoutMs = options.callTimeoutMs ?? 5_000;
  const deadline = () => ({ deadline: Date.now() + callTimeoutMs });
  return new Client({
    hosts: endpoint,
    grpcOptions: CHANNEL_OPTIONS,
    // etcd3's own retries multiply deadlines, and one failed call opens its circuit breaker for 5 s.
    faultHandling: { host: () => noop, global: noop },
    ...(endpoint.startsWith("https:") && (await readCredentials(options))),
    ...(options.auth && {
      auth: { username: options.auth.username, password: options.auth.password, callOptions: deadline },
    }),
  });
}

async function readCredentials({ tls }: EtcdOptions): Promise<Pick<IOptions, "credentials">> {
  if (tls === undefined || (tls.caFile === undefined && tls.certFile === undefined)) return {};
  const read = async (path: string | undefined) => (path === undefined ? undefined : await readFile(path));
  const [ca, privateKey, certChain] = await Promise.all([read(tls.caFile), read(tls.keyFile), read(tls.certFile)]);
  return {
    credentials: {
      rootCertificate: ca ?? Buffer.from(rootCertificates.join("\n")),
      ...(privateKey && { privateKey }),
      ...(certChain && { certChain }),
    },
  };
}
