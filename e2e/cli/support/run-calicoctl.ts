import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../../dist/calicoctl.js", import.meta.url));

export type Ran = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

export type RunOptions = {
  readonly endpoint: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs the built calicoctl as a shell would, to its end. */
export function runCalicoctl(argv: readonly string[], { endpoint, stdin = "", env = {} }: RunOptions): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...argv], {
      env: { ...process.env, ETCD_ENDPOINTS: endpoint, ...env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === null) reject(new Error(`calicoctl ended by ${signal}: ${stderr}`));
      else resolve({ exitCode: code, stdout, stderr });
    });
    child.stdin.end(stdin);
  });
}
