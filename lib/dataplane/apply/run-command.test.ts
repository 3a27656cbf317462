import { describe, expect, it } from "vitest";
import { CommandFailedError, runCommand } from "#dataplane/apply/run-command.ts";

describe("running a command", () => {
  it("gives arguments as they are: no shell looks at them", async () => {
    expect(await runCommand(["echo", "$HOME; `id` && *"])).toBe("$HOME; `id` && *\n");
  });

  it("gives the input and answers the output", async () => {
    expect(await runCommand(["cat"], { input: "a line\n" })).toBe("a line\n");
  });

  it("a failure carries the program's words and its exit code", async () => {
    const failure = await runCommand(["ls", "/nowhere"]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CommandFailedError);
    expect(failure).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("/nowhere") });
  });

  it("a program that is not there is a failed command", async () => {
    await expect(runCommand(["no-such-program-here"])).rejects.toBeInstanceOf(CommandFailedError);
  });

  it("a program that ends before it has read everything fails by its code, not by the closed pipe", async () => {
    await expect(runCommand(["false"], { input: "x".repeat(1_000_000) })).rejects.toMatchObject({ exitCode: 1 });
  });

  it("a program that hangs is ended", async () => {
    await expect(runCommand(["sleep", "60"], { timeoutMs: 50 })).rejects.toBeInstanceOf(CommandFailedError);
  });

  it("passes on nothing of our own environment", async () => {
    process.env.TORTIE_SECRET = "hunter2";
    expect(await runCommand(["env"])).not.toContain("hunter2");
    delete process.env.TORTIE_SECRET;
  });
});
