import { readFileSync } from "node:fs";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { EtcdOptions } from "#store/etcd/etcd-options.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";

const TIMEOUT_MS = 3_000;

/** What time it is on the first member that says so, to the second. Throws StoreUnavailableError. */
export async function readEtcdClock(options: EtcdOptions): Promise<Date> {
  let last: unknown;
  for (const endpoint of options.endpoints) {
    try {
      return await askMember(endpoint, options);
    } catch (cause) {
      last = cause;
    }
  }
  throw new StoreUnavailableError(`No member of etcd tells its time: ${String(last)}`, { cause: last });
}

/** Every HTTP answer carries the server's time, whatever it answers. */
function askMember(endpoint: string, { tls }: EtcdOptions): Promise<Date> {
  return new Promise((resolve, reject) => {
    const onAnswer = (response: IncomingMessage) => {
      response.resume();
      const time = new Date(response.headers.date ?? "");
      if (Number.isNaN(time.getTime())) reject(new Error(`${endpoint} answers without a date`));
      else resolve(time);
    };
    const read = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file));
    const common = { path: "/version", timeout: TIMEOUT_MS };
    const asking = endpoint.startsWith("unix:")
      ? requestHttp({ ...common, socketPath: endpoint.slice("unix:".length) }, onAnswer)
      : endpoint.startsWith("https:")
        ? requestHttps(
            endpoint,
            { ...common, ca: read(tls?.caFile), cert: read(tls?.certFile), key: read(tls?.keyFile) },
            onAnswer,
          )
        : requestHttp(endpoint, common, onAnswer);
    asking.on("timeout", () => asking.destroy(new Error(`${endpoint} does not answer`)));
    asking.on("error", reject);
    asking.end();
  });
}
