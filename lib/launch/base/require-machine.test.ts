import { describe, expect, it } from "vitest";
import { requireMachine } from "./require-machine.mjs";

describe("the machine", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0"])("with Node %s will do", (version) => {
    expect(requireMachine("linux", version)).toBeUndefined();
  });

  it.each(["18.20.0", "20.18.3", "20.9.0"])("with Node %s is refused", (version) => {
    expect(() => requireMachine("linux", version)).toThrow(`This is Node ${version}; 20.19 or newer is needed`);
  });

  it("must be Linux", () => {
    expect(() => requireMachine("darwin", "20.20.2")).toThrow("this machine runs darwin");
  });
});
