import { describe, expect, it } from "vitest";
import { isSameInstall } from "./npm-packages.mjs";

const next = { version: "16.4.5", integrity: "sha512-a" };
const swc = { version: "16.4.5", integrity: "sha512-b", optional: true };
const lock = { packages: { "": { version: "0.1.0" }, "node_modules/next": next, "node_modules/@next/swc-win32": swc } };

describe("node_modules made by somebody else's npm", () => {
  it("is accepted when it holds every package of the lock, optional ones of other platforms aside", () => {
    expect(isSameInstall(lock, { packages: { "node_modules/next": next } })).toBe(true);
  });

  it("is refused when a package is missing", () => {
    expect(isSameInstall(lock, { packages: {} })).toBe(false);
  });

  it("is refused when a package has another version", () => {
    expect(isSameInstall(lock, { packages: { "node_modules/next": { ...next, version: "16.4.4" } } })).toBe(false);
  });

  it("is refused when a package has other content under the same version", () => {
    expect(isSameInstall(lock, { packages: { "node_modules/next": { ...next, integrity: "sha512-z" } } })).toBe(false);
  });

  it("is refused when the lock asks for nothing", () => {
    expect(isSameInstall({}, {})).toBe(false);
  });
});
