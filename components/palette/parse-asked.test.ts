import { expect, test } from "vitest";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { parseAsked } from "./parse-asked.ts";

const empty = { tags: [], rules: { inbound_rules: [], outbound_rules: [] } };
const snapshot = snapshotFromEntries(parseStateValue({ profiles: { WEB: empty, APP: empty, app: empty } }).entries);

test.each([
  ["can web reach app 7890", { from: "profile:WEB", to: "profile:app", protocol: "tcp", port: 7890 }],
  ["can WEB reach APP on tcp/7890?", { from: "profile:WEB", to: "profile:APP", protocol: "tcp", port: 7890 }],
  ["web to db udp 53", { from: "profile:WEB", to: "db", protocol: "udp", port: 53 }],
  ["world reach web icmp", { from: "world", to: "profile:WEB", protocol: "icmp", port: undefined }],
  ["10.0.0.1 -> web port 80", { from: "10.0.0.1", to: "profile:WEB", protocol: "tcp", port: 80 }],
  ["can web reach app", { from: "profile:WEB", to: "profile:app", protocol: "icmp", port: undefined }],
])("%s is a question", (text, asked) => expect(parseAsked(text, snapshot)).toEqual(asked));

test.each(["web", "reach app", "web app 80", "can web reach app 99999", "can web reach app nonsense 80 90", ""])(
  "%j is none",
  (text) => expect(parseAsked(text, snapshot)).toBeUndefined(),
);
