import * as z from "zod/mini";
import { answerSchema, refusalSchema } from "#web/questions/answer-schema.ts";
import { findingSchema } from "#web/questions/finding-schema.ts";
import { profileEditSchema, questionSchema, scopedEditSchema } from "#web/questions/question-schema.ts";

const SCHEMAS = "#/components/schemas/";

type Json = Readonly<Record<string, unknown>>;

/** The API's description, made of the schemas that the door itself parses with. */
export function openApiDocument(): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Tortie",
      version: "1",
      description: "Questions about stored policy. Nothing here writes. The board answers this machine only.",
    },
    paths: {
      "/api/questions": {
        post: {
          operationId: "ask",
          summary: "Ask the judge",
          requestBody: { required: true, content: json("Question") },
          responses: {
            200: { description: "The answer, true of the revision it names", content: json("Answer") },
            400: refusal("The body is no question"),
            413: refusal("The body is too large"),
            422: refusal("The question names something that is not there, or cannot be answered"),
            503: refusal("The store cannot be reached"),
          },
        },
      },
    },
    components: { schemas: namedSchemas() },
  };
}

function json(name: string): Json {
  return { "application/json": { schema: { $ref: `${SCHEMAS}${name}` } } };
}

function refusal(description: string): Json {
  return { description, content: json("Refusal") };
}

/** Each schema once under its name; where one uses another it points to it. */
function namedSchemas(): Json {
  const named = z.registry<{ readonly id: string }>();
  named.add(questionSchema, { id: "Question" });
  named.add(answerSchema, { id: "Answer" });
  named.add(refusalSchema, { id: "Refusal" });
  named.add(findingSchema, { id: "Finding" });
  named.add(profileEditSchema, { id: "ProfileEdit" });
  named.add(scopedEditSchema, { id: "ScopedEdit" });
  const { schemas } = z.toJSONSchema(named, { uri: (id) => `${SCHEMAS}${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { $schema: _dialect, $id: _uri, ...rest } = schema as Json;
      return [name, rest];
    }),
  );
}
