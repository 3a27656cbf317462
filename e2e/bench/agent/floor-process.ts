/*
 * The bare script as what it stands for: a process of its own, on the same socket as the agent. Within the benchmark's
 * process it would read etcd with code and caches the benchmark keeps warm, and share its time with the clock.
 * Arguments: namespace, etcd, the name of what it answers. Prints a line when it follows, and ends with its input.
 */
import { once } from "node:events";
import { connectEtcd } from "#store/etcd/connect.ts";
import { memberTexts, profileTexts } from "./changes.ts";
import { startFloorScript } from "./floor-script.ts";

const [namespace = "", etcd = "", answers = ""] = process.argv.slice(2);
const connection = connectEtcd({ endpoints: [etcd] });
const script = await startFloorScript(namespace, connection.store, answers === "members" ? memberTexts : profileTexts);
process.stdout.write("follows\n");
await once(process.stdin.resume(), "end");
await script.stop();
await connection.close();
