import { type RefObject, useEffect, useRef, useState } from "react";
import { placeKey } from "#components/reach/place-key.ts";
import type { GraphMatrix } from "../model/graph-matrix.ts";
import type { GraphSelection } from "../model/graph-selection.ts";
import { HEAD, type MatrixColours, type MatrixEye, matrixSizes, paintMatrix } from "./matrix-paint.ts";

type Look = {
  readonly cursor: MatrixEye["cursor"];
  readonly chosen: MatrixEye["cursor"];
  readonly selection: GraphSelection;
};

/** Paints what is on screen when anything of it changes: scrolling, size, theme, cursor, or the matrix itself. */
export function useMatrixCanvas(
  scroller: RefObject<HTMLDivElement | null>,
  matrix: GraphMatrix,
  { cursor, selection }: Look,
) {
  const ref = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(900);
  const [scroll, setScroll] = useState({ left: 0, top: 0, width: 900, height: 500 });
  const theme = useTheme();
  useEffect(() => {
    const place = scroller.current;
    if (place === null) return undefined;
    const look = () => {
      setWidth(place.clientWidth);
      setScroll({ left: place.scrollLeft, top: place.scrollTop, width: place.clientWidth, height: place.clientHeight });
    };
    const observer = new ResizeObserver(look);
    observer.observe(place);
    place.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      place.removeEventListener("scroll", look);
    };
  }, [scroller]);
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext("2d");
    if (canvas === null || context === undefined || context === null) return;
    const size = { width: Math.max(1, scroll.width - HEAD.row), height: Math.max(1, scroll.height - HEAD.column) };
    const scale = window.devicePixelRatio;
    canvas.width = Math.round(size.width * scale);
    canvas.height = Math.round(size.height * scale);
    canvas.style.width = `${size.width}px`;
    canvas.style.height = `${size.height}px`;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const eye = { ...size, left: scroll.left, top: scroll.top, cursor, isChosen: chosenIn(matrix, selection) };
    paintMatrix(matrix, eye, { context, sizes: matrixSizes(matrix, width), ...brushOf(canvas, theme) });
  }, [matrix, cursor, selection, scroll, width, theme]);
  return { ref, width, scroll };
}

function chosenIn({ rows, columns }: GraphMatrix, selection: GraphSelection): MatrixEye["isChosen"] {
  if (selection.kind !== "sender" && selection.kind !== "receiver") return undefined;
  const key = selection.kind === "sender" ? selection.from : selection.to;
  const list = selection.kind === "sender" ? rows : columns;
  const wanted = list.findIndex((node) => placeKey(node) === key);
  return selection.kind === "sender" ? (row) => row === wanted : (_, column) => column === wanted;
}

const TOKENS = [
  ...["allow", "allow-tint", "allow-line", "allow-text", "on-allow", "deny", "deny-tint", "line-strong"],
  ...["ink", "ink-2", "ink-3", "focus", "hover", "sunken", "amber-tint"],
] as readonly (keyof MatrixColours)[];

/** Colours come from the tokens of the page as they are in this theme. */
function brushOf(
  canvas: HTMLCanvasElement,
  _theme: string,
): { readonly colours: MatrixColours; readonly font: string } {
  const style = getComputedStyle(canvas);
  const colours = Object.fromEntries(TOKENS.map((name) => [name, style.getPropertyValue(`--color-${name}`).trim()]));
  return { colours: colours as MatrixColours, font: `450 11px ${style.getPropertyValue("--font-mono")}` };
}

/** The theme is an attribute of the page; a canvas does not hear of it by itself. */
function useTheme(): string {
  const [theme, setTheme] = useState("");
  useEffect(() => {
    const root = document.documentElement;
    const look = () => setTheme(root.dataset.theme ?? "");
    look();
    const observer = new MutationObserver(look);
    observer.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
    void document.fonts.ready.then(() => setTheme((before) => `${before} `));
    return () => observer.disconnect();
  }, []);
  return theme;
}
