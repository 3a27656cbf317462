import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { connectEtcd } from "#store/etcd/connect.ts";
import { StoreUnavailableError } from "#store/policy-store.ts";
import { freePorts } from "#store/testing/free-ports.ts";

const isEtcd3Loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes("/etcd3/"));

test("etcd3 is loaded by the first call, not by the import or the connection", async () => {
  const [port] = await freePorts(1);
  const connection = connectEtcd({ endpoints: [`http://127.0.0.1:${port}`], retryForMs: 0 });
  expect(isEtcd3Loaded()).toBe(false);
  await expect(connection.store.readSnapshot()).rejects.toThrow(StoreUnavailableError);
  expect(isEtcd3Loaded()).toBe(true);
  await connection.close();
});

test("an error names the endpoint and what is wrong there", async () => {
  const [port] = await freePorts(1);
  const connection = connectEtcd({ endpoints: [`http://127.0.0.1:${port}`], retryForMs: 0 });
  await expect(connection.store.readSnapshot()).rejects.toThrow(
    new RegExp(`^etcd at http://127\\.0\\.0\\.1:${port}: .*ECONNREFUSED`),
  );
  await connection.close();
});

test("after close every call is refused", async () => {
  const connection = connectEtcd({ endpoints: ["http://127.0.0.1:1"] });
  await connection.close();
  await expect(connection.store.readSnapshot()).rejects.toThrow("The connection to etcd is closed");
  await expect(connection.statuses.readStatuses()).rejects.toThrow(StoreUnavailableError);
});
