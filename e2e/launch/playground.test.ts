import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCalicoctl } from "../cli/support/run-calicoctl.ts";
import { newVisitor, type Terminal, type Visitor } from "./support/visitor.ts";

const appRules = readFileSync(new URL("../cli/APP-rules.json", import.meta.url), "utf8");

describe("the walkthrough in the playground", () => {
  let visitor: Visitor;
  let terminal: Terminal;

  const calicoctl = async (line: string, stdin = "") => {
    const ran = await runCalicoctl(line.split(" "), { endpoint: visitor.etcdEndpoint, stdin });
    expect(ran, `calicoctl ${line}`).toMatchObject({ exitCode: 0 });
  };
  const playground = async (...words: readonly string[]) => {
    const asked = visitor.type(["npm", "run", "--silent", "playground", "--", ...words]);
    const code = await asked.ended();
    return { code, text: asked.text() };
  };

  beforeAll(async () => {
    visitor = await newVisitor();
    terminal = visitor.start();
    await terminal.sees(/outside → app/);
  });
  afterAll(() => visitor.leave());

  it("begins with nothing that connects, in either family", async () => {
    const { text } = await playground();
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => line.split(/\s{2,}/)[1]),
    ).toEqual(Array(6).fill("nothing"));
  });

  it("opens what the visitor allows, and says so while it happens", async () => {
    await calicoctl("profile add WEB");
    await calicoctl("profile WEB rule remove inbound --at=1");
    await calicoctl("profile WEB rule add inbound allow tcp to ports 80,443");
    await calicoctl("profile WEB rule add inbound allow icmp type 8");
    await calicoctl("profile add APP");
    await calicoctl("profile APP rule update", appRules);
    await terminal.sees(/outside → web opened: .*ping \(IPv4 only\)/);
    await terminal.sees(/outside → web opened: tcp 80/);
    expect(await playground("outside", "app", "ping")).toMatchObject({
      text: expect.stringContaining("10.65.0.3) ping: connected"),
    });
    expect(await playground("web", "app", "7890")).toMatchObject({ code: 1 });
  });

  it("web reaches app on 7890 with the tag, app's other ports stay closed, and so does 7890 from outside", async () => {
    await calicoctl("profile WEB tag add APP_7890");
    await terminal.sees(/web → app opened: tcp 7890/);
    expect(await playground("web", "app", "7890")).toMatchObject({ code: 0 });
    expect(await playground("web", "app", "7891")).toMatchObject({ code: 1 });
    expect(await playground("outside", "app", "7890")).toMatchObject({ code: 1 });
  });

  it("the tag's removal closes it again", async () => {
    await calicoctl("profile WEB tag remove APP_7890");
    await terminal.sees(/web → app closed: tcp 7890/);
    expect(await playground("web", "app", "7890")).toMatchObject({ code: 1 });
  });

  it("a question about a machine that is not there is refused, with those that are", async () => {
    const { code, text } = await playground("web", "db", "80");
    expect([code, text]).toEqual([2, expect.stringContaining("There is no machine db: web, app, outside.")]);
  });
});
