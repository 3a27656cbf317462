import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { type MemoryDeps, memoryDeps } from "#operations/testing/memory-deps.ts";
import { parseStateValue } from "#policy/state-file/parse-state-file.ts";
import { arbitraryState } from "#testing/arbitrary-state.ts";
import estate from "#testing/estate-12.json" with { type: "json" };
import { runCount } from "#testing/run-count.ts";
import { answerSchema } from "#web/questions/answer-schema.ts";
import { openApiDocument } from "#web/questions/openapi.ts";
import { readBody, respondToQuestion } from "#web/questions/respond-to-question.ts";

const ADD_TAG = { profile: "BATCH", edit: { kind: "add-tag", tag: "APP_7890" } };
const QUESTIONS: readonly object[] = [
  { kind: "check", from: "profile:BATCH", to: "profile:APP", dst_port: 7890 },
  { kind: "check", from: "world", to: "profile:P", protocol: "icmp", icmp_type: 8 },
  { kind: "relation", from: "profile:WEB", to: "profile:APP" },
  { kind: "relation", from: "10.0.0.0/8", to: "profile:P" },
  { kind: "relation", from: "endpoint:a", to: "endpoint:b" },
  { kind: "graph" },
  { kind: "graph", deployed: true },
  { kind: "graph", from: "world", to: "WEB" },
  { kind: "findings" },
  { kind: "findings", profiles: ["WEB"] },
  { kind: "what-if", edits: [ADD_TAG] },
  {
    kind: "what-if",
    edits: [{ profile: "P", edit: { kind: "replace-rules", inbound: [], outbound: [{ action: "deny" }] } }],
  },
  { kind: "difference", before: { kind: "live" }, after: { kind: "state", state: { profiles: {} } } },
];

/** A store that holds what a state describes, valid or not. */
function depsWith(state: unknown): MemoryDeps {
  const deps = memoryDeps();
  const puts = parseStateValue(state).entries.map(({ key, value }) => ({ key, text: value }));
  deps.memory.kv.transact({ compares: [], puts, deletes: [] });
  return deps;
}

const asked = async (deps: MemoryDeps, question: unknown) => respondToQuestion(deps, JSON.stringify(question));

describe("the questions' API", () => {
  it("W1 its description is made of the schemas that parse, and the committed file is current", async () => {
    await expect(`${JSON.stringify(openApiDocument(), undefined, 2)}\n`).toMatchFileSnapshot("openapi.golden.txt");
  });

  it.each(QUESTIONS)("W1 an answer has the form that is promised: %j", async (question) => {
    const { status, body } = await asked(depsWith(estate), question);
    if (status !== 200) {
      expect(body).toMatchObject({ detail: expect.stringMatching(/^there is no|^edit 1: there is no/) });
      return;
    }
    expect(answerSchema.parse(body)).toEqual(JSON.parse(JSON.stringify(body)));
    expect(promised("Answer").safeParse(JSON.parse(JSON.stringify(body))).error).toBeUndefined();
  });

  it("W1 so have answers about random states, broken ones included", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryState(), fc.constantFrom(...QUESTIONS), async (state, question) => {
        const { status, body } = await asked(depsWith(state), question);
        if (status === 200) answerSchema.parse(body);
        else expect(status).toBe(422);
      }),
      runCount(60),
    );
  });

  it("W1 removing tag APP_7890 from WEB closes exactly WEB to APP tcp 7890 and writes nothing", async () => {
    const deps = depsWith(estate);
    const before = await deps.revision();
    const edits = [{ profile: "WEB", edit: { kind: "remove-tag", tag: "APP_7890" } }];
    const { body } = await asked(deps, { kind: "what-if", edits });
    expect(body).toMatchObject({ opened: [], closed: [{ from: "WEB", to: "APP", connections: "tcp 7890" }] });
    expect(await deps.revision()).toBe(before);
  });

  it.each<[string, string, readonly [number, RegExp]]>([
    ["text that is no JSON", "{", [400, /JSON/]],
    ["nesting without end", "[".repeat(100_000), [400, /deeper than 100|too deep|nested/]],
    ["nothing", "", [400, /JSON/]],
    ["an unknown kind", '{"kind":"guess"}', [400, /kind/]],
    ["an unknown field", '{"kind":"findings","profile":"WEB"}', [400, /profile/]],
    ["a port that is none", '{"kind":"check","from":"a","to":"b","dst_port":70000}', [400, /dst_port/]],
    [
      "an edit that is none",
      '{"kind":"what-if","edits":[{"profile":"WEB","edit":{"kind":"add-tag","tag":"a b"}}]}',
      [400, /edits\[0\].edit.tag/],
    ],
    [
      "a place that is not there",
      '{"kind":"relation","from":"profile:NOPE","to":"world"}',
      [422, /there is no profile NOPE/],
    ],
    [
      "an edit of a profile that is not there",
      '{"kind":"what-if","edits":[{"profile":"NOPE","edit":{"kind":"add-tag","tag":"A"}}]}',
      [422, /edit 1: there is no profile NOPE/],
    ],
    [
      "a position that is not there",
      '{"kind":"what-if","edits":[{"profile":"WEB","edit":{"kind":"remove-rule","direction":"inbound","at":99}}]}',
      [422, /edit 1, profile WEB: Position 99 is out-of-range/],
    ],
    [
      "a revision to come",
      '{"kind":"difference","before":{"kind":"live"},"after":{"kind":"revision","revision":999999}}',
      [422, /./],
    ],
    [
      "a state that is none",
      '{"kind":"difference","before":{"kind":"live"},"after":{"kind":"state","state":{"frob":1}}}',
      [422, /frob/],
    ],
  ])("W2 %s is refused with the reason", async (_what, text, [status, reason]) => {
    const answered = await respondToQuestion(depsWith(estate), text);
    expect(answered.status).toBe(status);
    expect(promised("Refusal").safeParse(answered.body).success).toBe(true);
    expect((answered.body as { readonly detail: string }).detail).toMatch(reason);
  });

  it("W2 a body beyond the limit is not read to its end", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    expect(await readBody(endless)).toBeUndefined();
    expect(pulled).toBeLessThan(10);
    expect(await respondToQuestion(depsWith(estate), undefined)).toMatchObject({ status: 413 });
  });
});

/** What the served description promises, read back from its JSON as another program would. */
function promised(name: "Answer" | "Refusal") {
  const text = JSON.stringify(openApiDocument()).replaceAll("#/components/schemas/", "#/$defs/");
  return z.fromJSONSchema({ $ref: `#/$defs/${name}`, $defs: JSON.parse(text).components.schemas });
}
