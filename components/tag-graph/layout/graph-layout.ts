import { type ColumnLink, type ColumnNode, orderColumns } from "./order-columns.ts";

/** A node to place. Pinned nodes (Anywhere, address ranges) stay on top in the order given, on rows they share. */
export type LayoutNode = ColumnNode & { readonly pinned?: boolean };

export type LayoutInput = {
  readonly senders: readonly LayoutNode[];
  readonly tags: readonly LayoutNode[];
  readonly receivers: readonly LayoutNode[];
  readonly links: readonly ColumnLink[];
};

export type ColumnName = "sender" | "tag" | "receiver";

/** Where a node stands: `y` is the middle of its box in pixels from the top of the picture. */
export type PlacedNode = { readonly id: string; readonly column: ColumnName; readonly row: number; readonly y: number };

export type GraphLayout = {
  /** By column, top to bottom: the order of reading and of the arrow keys. */
  readonly columns: Readonly<Record<ColumnName, readonly PlacedNode[]>>;
  readonly byId: ReadonlyMap<string, PlacedNode>;
  readonly height: number;
};

export const NODE_HEIGHT = 30;
const PINNED_PITCH = 42;
const LOOSE_PITCH = 61;
const TIGHT_PITCH = 42;
const PINNED_GAP = 24;
/** Room for about ten receivers at the loose pitch, so that small graphs do not huddle at the top. */
const MIN_HEIGHT = 580;

/** Places senders, tags and receivers; the same input, in any order, gives the same places. */
export function graphLayout(input: LayoutInput): GraphLayout {
  const [senders, tags, receivers] = orderColumns(
    [loose(input.senders), loose(input.tags), loose(input.receivers)],
    input.links,
  );
  const stacks = {
    sender: { pinned: pinned(input.senders), loose: senders },
    tag: { pinned: pinned(input.tags), loose: tags },
    receiver: { pinned: pinned(input.receivers), loose: receivers },
  };
  const height = Math.max(MIN_HEIGHT, ...Object.values(stacks).map(tightHeight));
  const columns = {
    sender: placeColumn("sender", stacks.sender, height),
    tag: placeColumn("tag", stacks.tag, height),
    receiver: placeColumn("receiver", stacks.receiver, height),
  };
  const placed = [...columns.sender, ...columns.tag, ...columns.receiver];
  return { columns, byId: new Map(placed.map((node) => [node.id, node])), height };
}

type Stack = { readonly pinned: readonly ColumnNode[]; readonly loose: readonly ColumnNode[] };

function loose(nodes: readonly LayoutNode[]): readonly LayoutNode[] {
  return nodes.filter((node) => node.pinned !== true);
}

function pinned(nodes: readonly LayoutNode[]): readonly LayoutNode[] {
  return nodes.filter((node) => node.pinned === true);
}

function looseTop(stack: Stack): number {
  return stack.pinned.length === 0 ? 0 : stack.pinned.length * PINNED_PITCH + PINNED_GAP;
}

function tightHeight(stack: Stack): number {
  return looseTop(stack) + stack.loose.length * TIGHT_PITCH;
}

/** A column uses the height there is, up to the loose pitch. */
function placeColumn(column: ColumnName, stack: Stack, height: number): readonly PlacedNode[] {
  const top = looseTop(stack);
  const pitch = Math.min(LOOSE_PITCH, (height - top) / Math.max(1, stack.loose.length));
  const onTop = stack.pinned.map((node, row) => ({ node, y: row * PINNED_PITCH + NODE_HEIGHT / 2 }));
  const below = stack.loose.map((node, index) => ({ node, y: top + index * pitch + NODE_HEIGHT / 2 }));
  return [...onTop, ...below].map(({ node, y }, row) => ({ id: node.id, column, row, y: Math.round(y) }));
}
