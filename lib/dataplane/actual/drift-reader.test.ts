import { describe, expect, it } from "vitest";
import { driftReader, hashOfSaved } from "#dataplane/actual/drift-reader.ts";
import { readKernel } from "#dataplane/actual/read-kernel.ts";
import { kernelTools } from "#dataplane/apply/kernel-tools.ts";
import { CommandFailedError, type ReadCommand, type RunCommand } from "#dataplane/apply/run-command.ts";

/** A host whose programs print what `tables` and `sets` hold, and note that they ran. */
function host() {
  const state = {
    tables: "# today\n*filter\n:FORWARD ACCEPT [1:2]\n:tortie-A - [0:0]\n-A tortie-A -j DROP\nCOMMIT\n",
    sets: new Map([
      ["tortie-4a-A", ["10.0.0.1", "10.0.0.2"]],
      ["tortie-4a-B", ["10.0.0.3"]],
      ["theirs", ["10.0.0.9"]],
    ]),
    ran: [] as string[],
  };
  const header = "hash:ip family inet hashsize 1024 maxelem 100 bucketsize 12 initval 0x1";
  const save = (name: string) => {
    const members = state.sets.get(name);
    if (members === undefined) throw new CommandFailedError(["ipset"], 1, "no such set");
    return `create ${name} ${header}\n${members.map((member) => `add ${name} ${member}\n`).join("")}`;
  };
  const run: RunCommand = async ([program, verb, third], { input = "" } = {}) => {
    const list = () => {
      const blocks = [...state.sets].map(
        ([name, { length }]) =>
          `Name: ${name}\nType: hash:ip\nRevision: 6\nHeader: ${header.slice(8)}\nNumber of entries: ${length}\n`,
      );
      return blocks.join("\n");
    };
    if (program === "ipset" && verb === "list") return list();
    if (program === "ipset" && third === "restore") {
      state.ran.push(input.trim().replaceAll("\n", ", ").replace(" -output plain -terse", ""));
      return input
        .trim()
        .split("\n")
        .map((line) => (line.startsWith("list") ? list() : save(line.slice(5))))
        .join("");
    }
    state.ran.push(program === "ipset" ? "all sets" : "tables");
    return program === "ipset" ? [...state.sets.keys()].map(save).join("") : state.tables;
  };
  const news = { tables: true };
  const watch = { takeNews: async () => news.tables, stop: async () => undefined };
  const tools = kernelTools("nft");
  const read: ReadCommand = async (argv, options) => Buffer.from(await run(argv, options));
  const reader = (rounds: number, membersAnAudit = 0) => driftReader({ read, tools, watch, rounds, membersAnAudit });
  const whole = async () => {
    const read = await readKernel(run, tools, [4]);
    state.ran.length = 0;
    return read;
  };
  const ran = () => state.ran.splice(0).sort();
  return { state, news, reader, whole, ran };
}

const FAR = 1_000;

describe("an audit's reading", () => {
  it("reads tables at first, and then only when somebody else wrote", async () => {
    const { news, reader, whole, ran } = host();
    const believed = await whole();
    const drift = reader(FAR);
    news.tables = false;
    await drift.read(believed);
    expect(ran()).toContain("tables");
    expect((await drift.read(believed)).families).toBe(believed.families);
    expect(ran()).not.toContain("tables");
    news.tables = true;
    await drift.read(believed);
    expect(ran()).toContain("tables");
  });

  it("does not parse a text it knows, whatever its counters and dates", async () => {
    const { state, reader, whole } = host();
    const believed = await whole();
    const drift = reader(FAR);
    expect((await drift.read(believed)).families.get(4)).not.toBe(believed.families.get(4));
    state.tables = state.tables.replace("[1:2]", "[77:88]").replace("# today", "# tomorrow");
    expect((await drift.read(believed)).families.get(4)).toBe(believed.families.get(4));
    state.tables = state.tables.replace("DROP", "ACCEPT");
    const found = (await drift.read(believed)).families.get(4)?.filter.get("tortie-A");
    expect(found?.map(({ effect }) => effect)).toEqual(["accept"]);
  });

  it("knows no text any more when we wrote, before or meanwhile", async () => {
    const { reader, whole } = host();
    const believed = await whole();
    const drift = reader(FAR);
    await drift.read(believed);
    await drift.writingTables(async () => undefined);
    expect((await drift.read(believed)).families.get(4)).not.toBe(believed.families.get(4));
    await drift.writingTables(() => drift.read(believed));
    expect((await drift.read(believed)).families.get(4)).not.toBe(believed.families.get(4));
  });

  it("reads the tables after all when the round is over", async () => {
    const { news, reader, whole, ran } = host();
    const believed = await whole();
    const drift = reader(3);
    news.tables = false;
    const read: boolean[] = [];
    for (let audit = 0; audit < 7; audit += 1) {
      await drift.read(believed);
      read.push(ran().includes("tables"));
    }
    expect(read).toEqual([true, false, false, true, false, false, true]);
  });

  it("reads members of the sets whose headers differ, also of new ones, and forgets those that are gone", async () => {
    const { state, reader, whole, ran } = host();
    const believed = await whole();
    const drift = reader(FAR);
    await drift.read(believed);
    state.sets.set("tortie-4a-B", []).set("tortie-4a-C", ["10.0.0.7"]).delete("tortie-4a-A");
    ran();
    const { sets } = await drift.read(believed);
    expect(ran()).toEqual(["list", "save tortie-4a-B, save tortie-4a-C, list", "tables"]);
    expect([...sets].map(([name, { members }]) => [name, ...members])).toEqual([
      ["tortie-4a-B"],
      ["tortie-4a-C", "10.0.0.7"],
    ]);
  });

  it("finds one member put in another's place within the rounds, a part of the sets at a time", async () => {
    const { state, reader, whole, ran } = host();
    const believed = await whole();
    const drift = reader(2);
    await drift.read(believed);
    expect(ran()).toContain("save tortie-4a-A, list");
    state.sets.set("tortie-4a-B", ["10.0.0.4"]);
    const { sets } = await drift.read(believed);
    expect(ran()).toContain("save tortie-4a-B, list");
    expect([...(sets.get("tortie-4a-B")?.members ?? [])]).toEqual(["10.0.0.4"]);
    expect(sets.get("tortie-4a-A")).toBe(believed.sets.get("tortie-4a-A"));
  });

  it("reads every member once in a turn of the rounds, and makes up for a set larger than its share", async () => {
    const { reader, whole, ran } = host();
    const believed = await whole();
    const drift = reader(5);
    const read: (string | undefined)[] = [];
    for (let audit = 0; audit < 10; audit += 1) {
      await drift.read(believed);
      read.push(ran().find((line) => line.endsWith("list")));
    }
    const turn = ["save tortie-4a-A, list", "list", "list", "save tortie-4a-B, list", "list"];
    expect(read).toEqual([...turn, ...turn]);
  });

  it("finds it at once where there are no more members than an audit may read, and parses only what is new", async () => {
    const { state, reader, whole } = host();
    const believed = await whole();
    const drift = reader(FAR, 6);
    expect((await drift.read(believed)).sets.get("tortie-4a-A")).toBe(believed.sets.get("tortie-4a-A"));
    state.sets.set("tortie-4a-B", ["10.0.0.4"]).set("tortie-4a-A", ["10.0.0.2", "10.0.0.9"]);
    const { sets } = await drift.read(believed);
    expect([...(sets.get("tortie-4a-A")?.members ?? [])]).toEqual(["10.0.0.2", "10.0.0.9"]);
    expect([...(sets.get("tortie-4a-B")?.members ?? [])]).toEqual(["10.0.0.4"]);
    state.sets.set("tortie-4a-A", ["10.0.0.2", "10.0.0.1"]);
    expect((await drift.read(believed)).sets.get("tortie-4a-A")).toBe(believed.sets.get("tortie-4a-A"));
  });

  it("reads all sets when one of those it wants is gone", async () => {
    const { state, reader, whole, ran } = host();
    const believed = await whole();
    const drift = reader(1);
    state.sets.delete("tortie-4a-A");
    const { sets } = await drift.read(believed);
    expect(ran()).toContain("all sets");
    expect([...sets.keys()]).toEqual(["tortie-4a-B"]);
    expect(sets.get("tortie-4a-B")).toBe(believed.sets.get("tortie-4a-B"));
  });

  it("reads sets with one program where nothing differs, and answers what was believed", async () => {
    const { reader, whole, ran } = host();
    const believed = await whole();
    const drift = reader(FAR, 10);
    expect((await drift.read(believed)).sets).toBe(believed.sets);
    expect(ran()).toEqual(["save tortie-4a-A, save tortie-4a-B, list", "tables"]);
  });
});

describe("the hash of saved tables", () => {
  it("does not change with the counters of a policy and changes with a rule's comment that looks like one", () => {
    const saved = (counters: string, rule: string) => `*filter\n:INPUT DROP ${counters}\n${rule}\nCOMMIT\n`;
    expect(hashOfSaved(saved("[1:2]", "-A A"))).toBe(hashOfSaved(saved("[3:4]", "-A A")));
    expect(hashOfSaved(saved("[1:2]", '-A A --comment "x [1:2]"'))).not.toBe(
      hashOfSaved(saved("[1:2]", '-A A --comment "x [3:4]"')),
    );
  });

  it("changes with a policy", () => {
    expect(hashOfSaved(":INPUT DROP [0:0]\n")).not.toBe(hashOfSaved(":INPUT ACCEPT [0:0]\n"));
  });
});
