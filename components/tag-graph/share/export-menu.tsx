"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Download, FileText, Image, Share2, Table2 } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MenuItem } from "#components/ui/menu.tsx";
import { MenuButton } from "#components/ui/menu-button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { type IntentsPayload, intentRows } from "#web/queries/intent-rows.ts";
import type { GraphRequest } from "../model/graph-request.ts";
import { selectionNames } from "../model/selection-names.ts";
import type { ShownView } from "../use-graph-answer.ts";
import { askGraph } from "../worker/ask-graph.ts";
import type { ExportFormat } from "../worker/graph-messages.ts";
import { pngOf } from "./png-of.ts";
import { saveFile } from "./save-file.ts";

const TYPES = { svg: "image/svg+xml", dot: "text/vnd.graphviz", csv: "text/csv", report: "text/html" } as const;
const ENDINGS = { svg: "svg", dot: "dot", csv: "csv", report: "html" } as const;

/** The rows on screen as a file, stamped with revision and time. */
export function ExportMenu({ shown }: { readonly shown: ShownView }) {
  const say = useToast();
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const run = async (format: ExportFormat | "png") => {
    setBusy(true);
    // A report without them says so; it is better than no report.
    const intents =
      format === "report"
        ? await client.fetchQuery({ ...intentRows(), staleTime: 0 }).catch(() => undefined)
        : undefined;
    const problem = await exportFile(shown.request, { format, intents });
    setBusy(false);
    if (problem !== undefined) say({ tone: "refused", title: "Nothing was exported", detail: problem });
  };
  return (
    <MenuButton
      label="Export"
      button={(props) => (
        <Button look="plain" size="iconLarge" aria-label="Export" disabled={isBusy} {...props}>
          <Icon of={Download} size={16} />
        </Button>
      )}
    >
      {() => (
        <>
          <MenuItem icon={FileText} hint="html" onSelect={() => void run("report")}>
            Audit report
          </MenuItem>
          <MenuItem icon={Table2} hint="csv" onSelect={() => void run("csv")}>
            Table of pairs
          </MenuItem>
          <MenuItem icon={Image} hint="svg" onSelect={() => void run("svg")}>
            Picture
          </MenuItem>
          <MenuItem icon={Image} hint="png" onSelect={() => void run("png")}>
            Picture in pixels
          </MenuItem>
          <MenuItem icon={Share2} hint="dot" onSelect={() => void run("dot")}>
            Graphviz
          </MenuItem>
        </>
      )}
    </MenuButton>
  );
}

/** Asks for the file and hands it to the browser; answers what went wrong. */
async function exportFile(
  request: GraphRequest,
  { format, intents }: { readonly format: ExportFormat | "png"; readonly intents: IntentsPayload | undefined },
): Promise<string | undefined> {
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  const stamp = { time, scope: scopeOf(request) };
  const source = format === "png" ? "svg" : format;
  const told = intents === undefined ? {} : { intents };
  const answer = await askGraph({ kind: "export", request, format: source, stamp, ...told });
  if (answer.kind !== "export") return "The picture could not be worked out.";
  const name = `graph-rev-${answer.revision}-${time.replaceAll(":", "")}`;
  if (format !== "png") {
    saveFile(new Blob([answer.text], { type: `${TYPES[format]};charset=utf-8` }), `${name}.${ENDINGS[format]}`);
    return undefined;
  }
  const rows = await askGraph({ kind: "export", request, format: "csv", stamp });
  if (rows.kind !== "export") return "The picture could not be worked out.";
  const png = await pngOf(answer.text, {
    Title: `Who can reach whom, revision ${answer.revision}, ${time}, ${stamp.scope}`,
    Source: rows.text,
  });
  if (png === undefined) return "The picture is too large for pixels. Take the svg, or filter first.";
  saveFile(png, `${name}.png`);
  return undefined;
}

function scopeOf({ query, selection }: GraphRequest): string {
  const parts = [query.trim(), selectionNames(selection).join(" to ")].filter((part) => part !== "");
  return parts.length === 0 ? "everything" : parts.join(", ");
}
