import { expect, test } from "vitest";
import { profileHref, profileIdFromPath } from "./profile-href.ts";

test.each(["WEB", ".", "..", "a.b", "...", "-_-", "~"])("the page address of %s leads back to it", (id) => {
  const url = new URL(profileHref(id), "http://127.0.0.1:3000");
  expect(url.pathname.startsWith("/profiles/")).toBe(true);
  expect(profileIdFromPath(url.pathname.slice("/profiles/".length))).toBe(id);
});
