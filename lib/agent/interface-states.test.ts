import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readInterfaceStates } from "#agent/interface-states.ts";

it("an interface is up unless its device says otherwise, and down where it is not there", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tortie-net-"));
  try {
    for (const [name, state] of [
      ["cali-up", "up"],
      ["cali-tun", "unknown"],
      ["cali-down", "down"],
      ["cali-lower", "lowerlayerdown"],
    ] as const) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, "operstate"), `${state}\n`);
    }
    await mkdir(join(folder, "cali-going"));
    const names = ["cali-up", "cali-tun", "cali-down", "cali-lower", "cali-going", "cali-gone"];
    const states = readInterfaceStates(names, new Map(), folder);
    expect(Object.fromEntries(states)).toEqual({
      "cali-up": "up",
      "cali-tun": "up",
      "cali-down": "down",
      "cali-lower": "down",
      "cali-going": "down",
      "cali-gone": "down",
    });
    expect(readInterfaceStates(names, states, folder)).toBe(states);
    await writeFile(join(folder, "cali-down", "operstate"), "up\n");
    expect(readInterfaceStates(names, states, folder).get("cali-down")).toBe("up");
    expect([...readInterfaceStates(names.slice(1), states, folder).keys()]).toEqual(names.slice(1));
  } finally {
    await rm(folder, { recursive: true });
  }
});
