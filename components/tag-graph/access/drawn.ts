/** Who is to be let in where, while somebody is being asked about it. */
export type Drawn = { readonly from: string; readonly to: string };
