import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { parsePort, requireFreePort } from "./ports.mjs";

describe("a port from the environment", () => {
  it.each([
    [undefined, 3000],
    ["", 3000],
    ["8080", 8080],
    ["65535", 65535],
  ])("%s is %i", (text, port) => {
    expect(parsePort("PORT", text, 3000)).toBe(port);
  });

  it.each(["0", "65536", "-1", "80:80", "http", "3000 ", "1e3"])("%s is refused, with the variable's name", (text) => {
    expect(() => parsePort("PORT", text, 3000)).toThrow(`PORT=${text} is not a port`);
  });
});

describe("a port that is needed", () => {
  const server = createServer();
  afterEach(() => new Promise((done) => server.close(done)));

  it("is refused while somebody listens on it, naming who, and accepted afterwards", async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const purpose = { use: "the board", advice: ["Choose another"] };
    await expect(requireFreePort(port, purpose)).rejects.toMatchObject({
      message: expect.stringMatching(
        new RegExp(`^Port ${port} \\(the board\\) is taken by .+ \\(process ${process.pid}\\)`),
      ),
      advice: ["Choose another"],
    });
    await new Promise((done) => server.close(done));
    await expect(requireFreePort(port, purpose)).resolves.toBeUndefined();
  });
});
