import { readFileSync, writeFileSync } from "node:fs";
import { readmeWithWalkthrough } from "./readme-walkthrough.ts";

writeFileSync("README.md", readmeWithWalkthrough(readFileSync("README.md", "utf8")));
