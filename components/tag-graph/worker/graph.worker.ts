import { readStateAt } from "#web/queries/state-at-revision.ts";
import { createGraphDesk } from "./graph-desk.ts";
import type { FromDesk, GraphAnswer, ToDesk } from "./graph-messages.ts";

const desk = createGraphDesk({ readStateAt, now: () => performance.now() });

addEventListener("message", ({ data }: MessageEvent<ToDesk>) => {
  if (data.kind === "policy") return desk.take(data);
  const { number, question } = data;
  // A question that breaks is answered, too: the page must not wait for ever.
  desk.ask(question).then(
    (answer) => reply(number, answer),
    (cause: unknown) => reply(number, { kind: "problem", problem: { kind: "broken", detail: String(cause) } }),
  );
});

function reply(number: number, answer: GraphAnswer): void {
  const message: FromDesk = { number, answer };
  postMessage(message, { transfer: answer.kind === "matrix" ? [answer.matrix.cells.buffer] : [] });
}
