import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** PEM files of a private authority, a server on the loopback and a client; gone after `remove`. */
export type TestCertificates = {
  readonly caFile: string;
  readonly server: { readonly certFile: string; readonly keyFile: string };
  readonly client: { readonly certFile: string; readonly keyFile: string };
  remove(): Promise<void>;
};

/** Makes certificates of one day with openssl. */
export async function makeCertificates(): Promise<TestCertificates> {
  const home = await mkdtemp(join(tmpdir(), "tortie-tls-"));
  const file = (name: string) => join(home, name);
  const newKey = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const [caKey, caFile] = [file("ca.key"), file("ca.pem")];
  await run("openssl", [...newKey, "-x509", "-days", "1", "-subj", "/CN=test ca", "-keyout", caKey, "-out", caFile]);
  await writeFile(file("names"), "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n");
  const issue = async (name: string) => {
    const [keyFile, request, certFile] = [file(`${name}.key`), file(`${name}.csr`), file(`${name}.pem`)];
    await run("openssl", [...newKey, "-subj", `/CN=${name}`, "-keyout", keyFile, "-out", request]);
    const signer = ["-CA", caFile, "-CAkey", caKey, "-CAcreateserial", "-extfile", file("names")];
    await run("openssl", ["x509", "-req", "-days", "1", "-in", request, "-out", certFile, ...signer]);
    return { certFile, keyFile };
  };
  const server = await issue("server");
  const client = await issue("client");
  return { caFile, server, client, remove: () => rm(home, { recursive: true, force: true }) };
}
