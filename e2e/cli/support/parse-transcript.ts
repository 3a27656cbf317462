export type TranscriptStep = {
  readonly line: string;
  readonly argv: readonly string[];
  /** The file after `<`, if any. */
  readonly inputFile?: string;
  readonly output: string;
};

/** Reads `$ calicoctl ...` lines, each followed by what it prints. Lines that begin with `#` are for the reader. */
export function parseTranscript(text: string): readonly TranscriptStep[] {
  const lines = text.split("\n").filter((line) => !line.startsWith("#"));
  if (lines.at(-1) === "") lines.pop();
  const steps: { line: string; output: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith("$ ")) steps.push({ line: line.slice(2), output: [] });
    else steps.at(-1)?.output.push(`${line}\n`);
  }
  return steps.map(({ line, output }) => {
    const [command = "", inputFile] = line.split(" < ");
    const [program, ...argv] = command.split(" ");
    if (program !== "calicoctl") throw new Error(`not a calicoctl line: ${line}`);
    return { line, argv, output: output.join(""), ...(inputFile === undefined ? {} : { inputFile }) };
  });
}
