import { type ComponentProps, lazy, Suspense } from "react";
import type { DeskDialogs as Dialogs } from "./dialogs/desk-dialogs.tsx";

/** Dialogs, and the parser of what is typed in them, are read when the first one opens. */
const DeskDialogs = lazy(() =>
  import("./dialogs/desk-dialogs.tsx").then((module) => ({ default: module.DeskDialogs })),
);

/** The dialog of a profile that is open, if any. */
export function OpenDialog(props: ComponentProps<typeof Dialogs>) {
  if (props.desk.dialog === undefined) return null;
  return (
    <Suspense fallback={null}>
      <DeskDialogs {...props} />
    </Suspense>
  );
}
