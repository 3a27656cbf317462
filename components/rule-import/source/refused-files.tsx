import { FileJson2 } from "lucide-react";
import { Banner } from "#components/ui/banner.tsx";
import { FileName } from "../frame/file-name.tsx";
import type { RefusedFile } from "../import-state.ts";
import { formatBytes } from "./format-bytes.ts";

/** The files that were not read, each with its reason. */
export function RefusedFiles({ files }: { readonly files: readonly RefusedFile[] }) {
  return files.map((file) =>
    file.reason === "too-large" ? (
      <Banner
        key={file.name}
        icon={FileJson2}
        tone="deny"
        title={
          <>
            <FileName name={file.name} /> was not read: it is {formatBytes(file.foundBytes)}
          </>
        }
      >
        The largest import this dialog takes is {formatBytes(file.maxBytes)}. Nothing was changed.
      </Banner>
    ) : (
      <Banner
        key={file.name}
        icon={FileJson2}
        tone="deny"
        title={
          <>
            <FileName name={file.name} /> was not read: it is not UTF-8 text
          </>
        }
      >
        Rules are kept as JSON in UTF-8. Nothing was changed.
      </Banner>
    ),
  );
}
