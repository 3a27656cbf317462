import { describe, expect, test } from "vitest";
import { describeEtcdOptionsError, etcdOptionsFromEnv } from "#store/etcd/etcd-options.ts";

describe("endpoints", () => {
  test.each([
    [undefined, ["http://127.0.0.1:2379"]],
    ["", ["http://127.0.0.1:2379"]],
    ["http://a:1,http://b:2", ["http://a:1", "http://b:2"]],
    [" https://etcd.example:2379/ , http://[::1]:9", ["https://etcd.example:2379", "http://[::1]:9"]],
    ["http://etcd", ["http://etcd:2379"]],
    ["unix:/run/etcd.sock:0", ["unix:/run/etcd.sock:0"]],
    ["unix:///run/etcd.sock:0", ["unix:/run/etcd.sock:0"]],
    ["http://a:1,http://a:1/", ["http://a:1"]],
  ])("ETCD_ENDPOINTS=%j means %j", (text, endpoints) => {
    expect(etcdOptionsFromEnv({ ETCD_ENDPOINTS: text })).toMatchObject({ ok: true, value: { endpoints } });
  });

  test.each([
    "localhost:2379",
    "http://",
    "http://a:0",
    "http://a:70000",
    "http://a:1,",
    "ftp://a:1",
    "http://a:1/path",
    "unix:x",
  ])("ETCD_ENDPOINTS=%j is refused", (text) => {
    expect(etcdOptionsFromEnv({ ETCD_ENDPOINTS: text })).toMatchObject({ ok: false, error: { kind: "bad-endpoint" } });
  });
});

test("certificates, user and limits are taken over", () => {
  const env = {
    ETCD_ENDPOINTS: "https://a:1",
    ETCD_CA_CERT_FILE: "/ca",
    ETCD_CERT_FILE: "/cert",
    ETCD_KEY_FILE: "/key",
    ETCD_USERNAME: "ann",
    ETCD_PASSWORD: "secret",
    ETCD_MAX_TXN_OPS: "10000",
    ETCD_MAX_REQUEST_BYTES: "33554432",
  };
  expect(etcdOptionsFromEnv(env)).toEqual({
    ok: true,
    value: {
      endpoints: ["https://a:1"],
      tls: { caFile: "/ca", certFile: "/cert", keyFile: "/key" },
      auth: { username: "ann", password: "secret" },
      maxTxnOps: 10_000,
      maxRequestBytes: 33_554_432,
    },
  });
});

test.each([
  [{ ETCD_CERT_FILE: "/cert" }, "ETCD_CERT_FILE is set, so ETCD_KEY_FILE must be set too"],
  [{ ETCD_KEY_FILE: "/key" }, "ETCD_KEY_FILE is set, so ETCD_CERT_FILE must be set too"],
  [{ ETCD_USERNAME: "ann" }, "ETCD_USERNAME is set, so ETCD_PASSWORD must be set too"],
  [{ ETCD_MAX_TXN_OPS: "-1" }, 'ETCD_MAX_TXN_OPS: "-1" is not a positive whole number'],
  [{ ETCD_MAX_REQUEST_BYTES: "1.5 MiB" }, 'ETCD_MAX_REQUEST_BYTES: "1.5 MiB" is not a positive whole number'],
  [{ ETCD_ENDPOINTS: "a:1" }, 'ETCD_ENDPOINTS: "a:1" is not http://HOST:PORT, https://HOST:PORT or unix:/PATH'],
])("%j is refused in words", (env, words) => {
  const options = etcdOptionsFromEnv(env);
  expect(options.ok ? "accepted" : describeEtcdOptionsError(options.error)).toBe(words);
});
