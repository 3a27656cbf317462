/** Rules a card has room for, both lists together. */
const CARD_ROWS = 4;
const FAIR_SHARE = CARD_ROWS / 2;

/** How many rules of each list a card shows; a list that needs less than its share leaves the rest to the other. */
export function allotRows(inbound: number, outbound: number): { readonly inbound: number; readonly outbound: number } {
  const forInbound = Math.min(inbound, Math.max(FAIR_SHARE, CARD_ROWS - outbound));
  const forOutbound = Math.min(outbound, CARD_ROWS - forInbound);
  return { inbound: forInbound, outbound: forOutbound };
}
