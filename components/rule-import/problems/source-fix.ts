/** A replacement of part of the source. `isCertain` is false where it decides something for the person. */
export type SourceFix = {
  readonly label: string;
  readonly isCertain: boolean;
  readonly offset: number;
  readonly length: number;
  readonly insert: string;
};
