import { expect, it } from "vitest";
import { version } from "#cli/version.ts";
import manifest from "../../package.json" with { type: "json" };

it("is the version of the package", () => {
  expect(version).toBe(manifest.version);
});
