import type { Dispatch } from "react";
import type { ImportAction, ImportState } from "../import-state.ts";

/** What every step of the import is given. */
export type StepProps = {
  readonly state: ImportState;
  readonly dispatch: Dispatch<ImportAction>;
  readonly onClose: () => void;
};
