import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Etcd3 } from "etcd3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEtcd3 } from "#store/etcd/client/open-etcd3.ts";
import { connectEtcd, type EtcdConnection } from "#store/etcd/connect.ts";
import type { EtcdOptions } from "#store/etcd/etcd-options.ts";
import { type EtcdUnderTest, etcdUnderTest } from "#store/etcd/testing/etcd-under-test.ts";
import { StorePermissionError, StoreUnavailableError } from "#store/policy-store.ts";
import { makeCertificates, type TestCertificates } from "#store/testing/make-certificates.ts";
import { recordWatch } from "#store/testing/record-watch.ts";
import { addTag, createProfile, creation, note } from "#store/testing/sample-changes.ts";
import { startEtcd, type TestEtcd } from "#store/testing/start-etcd.ts";

const connections: EtcdConnection[] = [];
function connect(options: EtcdOptions): EtcdConnection {
  const connection = connectEtcd({ heartbeatMs: 300, callTimeoutMs: 2_000, retryForMs: 500, ...options });
  connections.push(connection);
  return connection;
}
afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
});

describe("users and roles", () => {
  let subject: EtcdUnderTest;
  const as = (username: string, password = "secret") =>
    connect({ endpoints: [subject.wire.endpoint], auth: { username, password } });
  beforeAll(async () => {
    // The shortest life etcd gives a token.
    subject = await etcdUnderTest({ args: ["--auth-token-ttl=1"] });
    await addUser(subject.hand, "editor", [
      ["/calico/v1/", "Readwrite"],
      ["/tortie/v1/", "Readwrite"],
    ]);
    await addUser(subject.hand, "reader", [["/calico/v1/", "Read"]]);
    await addUser(subject.hand, "root", []);
    await subject.hand.auth.authEnable();
  }, 30_000);
  afterAll(() => subject.stop());

  test("a user edits and watches for longer than a token lives, and resumes after a cut with an expired one", async () => {
    const { store } = as("editor");
    await createProfile(store, "WEB");
    // A connection of its own, so that no other call renews its token.
    const watch = recordWatch(as("editor").store);
    await watch.until((told) => told.snapshotCount() === 1);
    // etcd sweeps expired tokens each second.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await addTag(store, "WEB", "A");
    await watch.until((told) => told.transactions().length === 1);
    subject.wire.cut();
    await watch.until((told) => told.events.at(-1)?.kind === "disconnected");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    subject.wire.restore();
    await addTag(store, "WEB", "B");
    await watch.until((told) => told.state().get("/calico/v1/policy/profile/WEB/tags") === '["WEB","A","B"]');
    await watch.stop();
    expect(watch.snapshotCount()).toBe(1);
  }, 40_000);

  test("a wrong password, and an unknown user, are refused as such", async () => {
    await expect(as("editor", "wrong").store.readSnapshot()).rejects.toThrow(StorePermissionError);
    await expect(as("nobody").store.readSnapshot()).rejects.toThrow(StorePermissionError);
    await expect(connect({ endpoints: [subject.wire.endpoint] }).store.readSnapshot()).rejects.toThrow(
      StorePermissionError,
    );
  });

  test("a reader reads and watches policies, may not edit, and leaves nothing behind", async () => {
    const { store } = as("reader");
    const watch = recordWatch(store);
    await watch.until((told) => told.snapshotCount() === 1);
    const before = (await store.readSnapshot()).entries;
    await expect(store.commit({ writes: [creation("NEW")], journal: note() })).rejects.toThrow(StorePermissionError);
    expect((await store.readSnapshot()).entries).toEqual(before);
    await createProfile(as("editor").store, "APP");
    await watch.until((told) => told.transactions().length === 1);
    await watch.stop();
  }, 20_000);
});

test("a change of roles makes signed tokens invalid before their time, and nobody notices", async () => {
  const home = await mkdtemp(join(tmpdir(), "tortie-jwt-"));
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  await writeFile(join(home, "public.pem"), pair.publicKey.export({ type: "spki", format: "pem" }));
  await writeFile(join(home, "private.pem"), pair.privateKey.export({ type: "pkcs1", format: "pem" }));
  const keys = `pub-key=${home}/public.pem,priv-key=${home}/private.pem`;
  const subject = await etcdUnderTest({ args: [`--auth-token=jwt,${keys},sign-method=RS256,ttl=10m`] });
  try {
    await addUser(subject.hand, "root", []);
    await addUser(subject.hand, "editor", [
      ["/calico/v1/", "Readwrite"],
      ["/tortie/v1/", "Readwrite"],
    ]);
    await subject.hand.auth.authEnable();
    const editor = { endpoints: [subject.wire.endpoint], auth: { username: "editor", password: "secret" } };
    const { store } = connect(editor);
    await createProfile(store, "DB");
    const watch = recordWatch(connect(editor).store);
    await watch.until((told) => told.snapshotCount() === 1);
    const auth = { username: "root", password: "secret" };
    const root = await openEtcd3(subject.server.endpoint, { endpoints: [], auth });
    await root.role("editor").grant({ permission: "Read", range: root.range({ prefix: "/other/" }) });
    root.close();
    subject.wire.cut();
    subject.wire.restore();
    await addTag(store, "DB", "A");
    await watch.until((told) => told.state().get("/calico/v1/policy/profile/DB/tags") === '["DB","A"]');
    await watch.stop();
  } finally {
    await subject.stop();
    await rm(home, { recursive: true, force: true });
  }
}, 30_000);

describe("TLS", () => {
  let certificates: TestCertificates;
  let server: TestEtcd;
  beforeAll(async () => {
    certificates = await makeCertificates();
    server = await startEtcd({ tls: certificates });
  }, 30_000);
  afterAll(async () => {
    await server.stop();
    await certificates.remove();
  });

  test("a client with a certificate of the authority edits and watches", async () => {
    const { caFile, client } = certificates;
    const { store } = connect({ endpoints: [server.endpoint], tls: { caFile, ...client } });
    await createProfile(store, "WEB");
    const watch = recordWatch(store);
    await watch.until((told) => told.snapshotCount() === 1);
    await addTag(store, "WEB", "A");
    await watch.until((told) => told.transactions().length === 1);
    await watch.stop();
  });

  test("without a certificate, and with an authority that did not sign the server, there is no connection", async () => {
    const other = await makeCertificates();
    const { caFile } = certificates;
    const tlsOptions = [{ caFile }, { caFile: other.caFile, ...certificates.client }, { caFile, ...other.client }];
    for (const tls of tlsOptions) {
      await expect(connect({ endpoints: [server.endpoint], tls }).store.readSnapshot()).rejects.toThrow(
        StoreUnavailableError,
      );
    }
    await other.remove();
  }, 20_000);

  test("a file that does not exist is named at once", async () => {
    const { store } = connect({ endpoints: [server.endpoint], tls: { caFile: "/nowhere/ca.pem" }, retryForMs: 60_000 });
    await expect(store.readSnapshot()).rejects.toThrow("/nowhere/ca.pem");
  });
});

async function addUser(
  hand: Etcd3,
  name: string,
  grants: readonly (readonly [prefix: string, permission: "Read" | "Readwrite"])[],
): Promise<void> {
  await hand.user(name).create("secret");
  await hand.role(name).create();
  for (const [prefix, permission] of grants) {
    await hand.role(name).grant({ permission, range: hand.range({ prefix }) });
  }
  await hand.user(name).addRole(name);
}
