import { describe, expect, test } from "vitest";
import { isLoopbackHost, judgeRequest } from "./judge-request.ts";

const judge = (headers: Readonly<Record<string, string>>, method = "POST") =>
  judgeRequest({ method, headers: new Headers(headers) })?.kind;

describe("who may talk to the board", () => {
  test.each(["localhost", "localhost:3000", "127.0.0.1:8080", "127.1.2.3", "[::1]:3000", "LOCALHOST"])(
    "%s is this machine",
    (host) => expect(isLoopbackHost(host)).toBe(true),
  );

  test.each([
    "",
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:80",
    "10.0.0.1",
    "[::2]",
    "0.0.0.0",
    "localhost:80:80",
  ])("%j is not", (host) => expect(isLoopbackHost(host)).toBe(false));

  test("a page of another site cannot post, even to the right host", () => {
    const host = "127.0.0.1:3000";
    expect(judge({ host, origin: "http://127.0.0.1:3000" })).toBeUndefined();
    expect(judge({ host, origin: "http://evil.example" })).toBe("foreign-origin");
    expect(judge({ host, origin: "http://127.0.0.1:9999" })).toBe("foreign-origin");
    expect(judge({ host, origin: "null" })).toBe("foreign-origin");
    expect(judge({ host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }, "GET")).toBe("foreign-origin");
  });

  test("following a link from elsewhere is fine", () => {
    const headers = { host: "localhost:3000", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect(judge(headers, "GET")).toBeUndefined();
    expect(judge(headers, "POST")).toBe("foreign-origin");
  });

  test("a rebound name is refused, also behind a proxy header", () => {
    expect(judge({ host: "evil.example" }, "GET")).toBe("foreign-host");
    expect(judge({ host: "localhost", "x-forwarded-host": "evil.example" }, "GET")).toBe("foreign-host");
  });

  test("a body beyond the limit is refused by its announced length", () => {
    expect(judge({ host: "localhost", "content-length": String(50 * 1024 * 1024) })).toBe("too-large");
    expect(judge({ host: "localhost", "content-length": "1000" })).toBeUndefined();
  });
});
