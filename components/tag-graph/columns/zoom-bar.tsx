import { Minus, Plus, Scan } from "lucide-react";
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { GraphLayout } from "../layout/graph-layout.ts";
import { LARGEST_ZOOM, SMALLEST_ZOOM } from "../model/graph-request.ts";

type ZoomBarProps = {
  readonly zoom: number;
  readonly onZoom: (zoom: number) => void;
  readonly height: number;
  readonly place: RefObject<HTMLElement | null>;
};

const STEP = 20;
/** Fewer pixels than this fit every screen: there is nothing to zoom. */
const ALWAYS_FITS = 700;

/** Nearer, further, and all at once. */
export function ZoomBar({ zoom, onZoom, height, place }: ZoomBarProps) {
  if (height <= ALWAYS_FITS && zoom === 100) return null;
  const step = (by: number) => onZoom(Math.min(LARGEST_ZOOM, Math.max(SMALLEST_ZOOM, zoom + by)));
  const fit = () => {
    const room = scrollerOf(place.current)?.clientHeight ?? height;
    onZoom(Math.min(100, Math.max(SMALLEST_ZOOM, Math.floor(((room - 140) / height) * 20) * 5)));
  };
  return (
    <div
      role="toolbar"
      aria-label="Zoom"
      className="sticky top-2 z-20 -mb-7 flex w-fit gap-1 self-end rounded-control border border-line bg-raised p-0.5 shadow-1"
    >
      <Button
        look="plain"
        size="icon"
        aria-label="Further"
        disabled={zoom <= SMALLEST_ZOOM}
        onClick={() => step(-STEP)}
      >
        <Icon of={Minus} size={14} />
      </Button>
      <span className="min-w-10 self-center text-center text-caption text-ink-2" aria-live="polite">
        {zoom} %
      </span>
      <Button look="plain" size="icon" aria-label="Nearer" disabled={zoom >= LARGEST_ZOOM} onClick={() => step(STEP)}>
        <Icon of={Plus} size={14} />
      </Button>
      <Button look="plain" size="icon" aria-label="Fit the whole picture" onClick={fit}>
        <Icon of={Scan} size={14} />
      </Button>
    </div>
  );
}

type MinimapProps = {
  readonly layout: GraphLayout;
  readonly zoom: number;
  readonly place: RefObject<HTMLElement | null>;
};

const MAP_HEIGHT = 180;
/** A picture this many screens high is one in which people lose their place. */
const SCREENS = 2;

/** The whole picture in small with the part on screen, where that is a small part. Pressing goes there; keys have Home and End. */
export function Minimap({ layout, zoom, place }: MinimapProps) {
  const [seen, setSeen] = useState<{ readonly top: number; readonly share: number }>();
  const map = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another layout or zoom has another height.
  useEffect(() => {
    const scroller = scrollerOf(place.current);
    if (scroller === undefined) return undefined;
    const look = () => {
      const { scrollTop, scrollHeight, clientHeight } = scroller;
      const isLarge = scrollHeight > clientHeight * SCREENS;
      setSeen(isLarge ? { top: scrollTop / scrollHeight, share: clientHeight / scrollHeight } : undefined);
    };
    look();
    scroller.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      scroller.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [layout, zoom, place]);
  if (seen === undefined) return null;
  const go = ({ clientY, buttons }: PointerEvent) => {
    const scroller = scrollerOf(place.current);
    const box = map.current?.getBoundingClientRect();
    if (scroller === undefined || box === undefined || buttons === 0) return;
    scroller.scrollTop = ((clientY - box.top) / box.height - seen.share / 2) * scroller.scrollHeight;
  };
  return (
    <div
      ref={map}
      aria-hidden="true"
      data-minimap
      onPointerDown={go}
      onPointerMove={go}
      className="fixed end-[372px] bottom-14 z-20 w-16 touch-none overflow-hidden rounded-control border border-line-strong bg-raised shadow-2 max-lg:hidden"
      style={{ height: MAP_HEIGHT }}
    >
      <svg className="absolute inset-0 size-full" viewBox={`0 0 3 ${layout.height}`} preserveAspectRatio="none">
        <title>Minimap</title>
        {[...layout.byId.values()].map(({ id, column, y }) => (
          <rect key={id} x={COLUMN_X[column]} y={y - 15} width="0.8" height="24" className="fill-line-strong" />
        ))}
      </svg>
      <div
        className="absolute inset-x-0 border border-focus bg-hatch"
        style={{ top: seen.top * MAP_HEIGHT, height: Math.max(6, seen.share * MAP_HEIGHT) }}
      />
    </div>
  );
}

const COLUMN_X = { sender: 0.1, tag: 1.1, receiver: 2.1 } as const;

function scrollerOf(element: HTMLElement | null): HTMLElement | undefined {
  return element?.closest<HTMLElement>(".thin-scroll") ?? undefined;
}
