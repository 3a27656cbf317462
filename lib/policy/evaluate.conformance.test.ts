import { describe, expect, it } from "vitest";
import { createEvaluator } from "#policy/evaluate.ts";
import { parseEndpoint } from "#policy/parse-endpoint.ts";
import { parseProbe } from "#policy/parse-probe.ts";
import { snapshotFromEntries } from "#policy/snapshot-from-entries.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import reachCases from "#testing/conformance/reach.json" with { type: "json" };
import validateCases from "#testing/conformance/validate.json" with { type: "json" };

const endpointCases = validateCases.filter((one) => one.key_kind === "endpoint");

describe(`conformance: ${reachCases.length} of ${reachCases.length} reach cases`, () => {
  it.each(reachCases.map((one) => [one.id, one.title, one] as const))("%s %s", (_id, _title, one) => {
    const state = parseStateValue(one.given);
    const probe = parseProbe(one.probe);
    expect(state.issues).toEqual([]);
    if (!probe.ok) throw new Error(JSON.stringify(probe.error));
    expect(createEvaluator(snapshotFromEntries(state.entries))(probe.value).verdict).toBe(one.expect);
  });
});

describe(`conformance: ${endpointCases.length} of ${endpointCases.length} endpoint values`, () => {
  it.each(endpointCases.map((one) => [one.id, one.title, one] as const))("%s %s", (_id, _title, one) => {
    const { context } = one;
    const isOwnHost = context?.this_host === context?.endpoint_host;
    const prefixes = isOwnHost ? context?.interface_prefixes : undefined;
    const options = prefixes === undefined ? {} : { interfacePrefixes: prefixes };
    expect(parseEndpoint(one.value, options).ok ? "valid" : "invalid").toBe(one.expect);
  });
});
