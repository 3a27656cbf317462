import { describe, expect, it } from "vitest";
import { runInMemory, words } from "#cli/testing/run-in-memory.ts";
import { ESTATE, typeLines } from "#cli/testing/type-lines.ts";
import { memoryDeps } from "#operations/testing/memory-deps.ts";

describe("--json", () => {
  it.each([
    "profile show",
    "profile show --detailed",
    "profile add NEW",
    "profile add WEB",
    "profile remove APP",
    "profile remove NOPE",
    "profile WEB tag show",
    "profile WEB tag add X",
    "profile WEB tag remove WEB",
    "profile WEB rule show",
    "profile WEB rule json",
    "profile WEB rule update",
    "profile WEB rule add inbound allow tcp",
    "profile WEB rule remove inbound --at=1",
    "endpoint show",
    "endpoint add n --host=h1 --interface=cali0 --ip=10.0.0.1",
    "endpoint w profile show",
    "endpoint w profile append APP",
    "endpoint w profile set",
    "endpoint remove w",
    "node show",
    "check --from=world --to=WEB",
    "graph",
    "graph --format=dot",
    "graph --deployed",
    "lint",
    "lint WEB",
    "lint NOPE",
    "diff @live estate.json",
    "test tests.json",
    "validate --kind=profile_tags estate.json",
    "export",
    "import estate.json --dry-run",
    "render --host=h1",
    "frob",
    "--version",
    "--help",
  ])("prints one JSON document and nothing else: %s", async (line) => {
    const deps = memoryDeps();
    await typeLines(deps, [
      "profile add WEB",
      "profile add APP",
      "endpoint add w --host=h1 --interface=cali0 --ip=10.0.0.1 --profile=WEB",
    ]);
    const ran = await runInMemory([...words(line), "--json"], { deps, files: { ...ESTATE, "tests.json": "[]" } });
    expect(typeof JSON.parse(ran.stdout)).toBe("object");
  });
});
