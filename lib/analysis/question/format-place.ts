import type { AskedPlace } from "#analysis/question/parse-place.ts";
import { assertNever } from "#prelude/assert-never.ts";

/** The text that names the place in any state (cli.md, PLACE): kinds are said, so that a new endpoint changes nothing. */
export function formatPlace(place: AskedPlace): string {
  switch (place.kind) {
    case "endpoint":
      return `endpoint:${place.name}`;
    case "profile":
      return `profile:${place.id}`;
    case "host":
      return `host:${place.name}`;
    case "world":
      return "world";
    case "address":
      return place.address;
    case "cidr":
      return place.cidr.text;
    default:
      return assertNever(place);
  }
}

/** A place's text as a sentence says it: `WEB`, `endpoint web-1`, `host node-01`, `Anywhere`, `10.0.0.1`. */
export function placeName(text: string): string {
  if (text === "world") return "Anywhere";
  if (text.startsWith("profile:")) return text.slice("profile:".length);
  if (text.startsWith("host:")) return `host ${text.slice("host:".length)}`;
  if (!text.startsWith("endpoint:")) return text;
  const name = text.slice("endpoint:".length);
  return `endpoint ${name.slice(name.lastIndexOf("/") + 1)}`;
}
