// Zooming and panning. The pane scrolls natively, so that scroll bars, touch pads and the keyboard work as everywhere;
// zooming changes the size of the picture and keeps the point under the pointer where it is.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';

export interface PanAndZoom {
  readonly zoom: number;
  readonly panning: boolean;
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  fitWidth(): void;
  fitAll(): void;
  onPointerDown(event: PointerEvent): void;
  onWheel(event: WheelEvent): void;
  onKeyDown(event: KeyboardEvent): void;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const LEAST = 0.05;
const MOST = 3;
/** Fitting never makes letters larger than the editor's. */
const LARGEST_FIT = 1;
/** A block that fits at no less than this is shown whole at first; a larger one by its width. */
const READABLE = 0.6;

/** `key` changes with the picture: a new one is fitted anew. */
export function usePanAndZoom(pane: RefObject<HTMLElement | null>, size: Size, key: string): PanAndZoom {
  const [zoom, setZoom] = useState(1);
  const [panning, setPanning] = useState(false);
  const anchor = useRef<{ x: number; y: number; left: number; top: number; ratio: number } | null>(null);

  const zoomAround = (next: number, x: number, y: number): void => {
    const element = pane.current;
    const clamped = Math.min(MOST, Math.max(LEAST, next));
    if (element) anchor.current = { x, y, left: element.scrollLeft, top: element.scrollTop, ratio: clamped / zoom };
    setZoom(clamped);
  };
  const zoomBy = (factor: number): void => zoomAround(zoom * factor, (pane.current?.clientWidth ?? 0) / 2, (pane.current?.clientHeight ?? 0) / 2);
  const fit = (how: 'width' | 'all'): void => {
    const element = pane.current;
    if (!element || element.clientWidth === 0) return;
    setZoom(fittingZoom(size, { width: element.clientWidth, height: element.clientHeight }, how));
    element.scrollTo(0, 0);
  };

  // The point under the pointer stays; this needs the new size, so it happens after drawing.
  useLayoutEffect(() => {
    const element = pane.current;
    const kept = anchor.current;
    anchor.current = null;
    if (element && kept) element.scrollTo((kept.left + kept.x) * kept.ratio - kept.x, (kept.top + kept.y) * kept.ratio - kept.y);
  }, [zoom]);

  useLayoutEffect(() => {
    const element = pane.current;
    if (!element || element.clientWidth === 0) return;
    const space = { width: element.clientWidth, height: element.clientHeight };
    const whole = fittingZoom(size, space, 'all');
    setZoom(whole >= READABLE ? whole : fittingZoom(size, space, 'width'));
    element.scrollTo(0, 0);
  }, [key]);

  return {
    zoom, panning, zoomBy,
    zoomTo: next => zoomBy(next / zoom),
    fitWidth: () => fit('width'),
    fitAll: () => fit('all'),
    onWheel: event => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = pane.current!.getBoundingClientRect();
      zoomAround(zoom * Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
    },
    onPointerDown: event => {
      // Boxes and titles are buttons; the picture is dragged by everything else.
      if (event.button !== 0 || (event.target as Element).closest('[role="button"]')) return;
      startPanning(pane.current!, event, setPanning);
    },
    onKeyDown: event => {
      const action = { '+': () => zoomBy(1.25), '=': () => zoomBy(1.25), '-': () => zoomBy(1 / 1.25), '1': () => zoomBy(1 / zoom), '0': () => fit('all'), w: () => fit('width') }[event.key];
      if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      action();
    },
  };
}

/** The zoom at which a picture fills a pane by its width or whole, within bounds. */
export function fittingZoom(picture: Size, pane: Size, how: 'width' | 'all'): number {
  const byWidth = pane.width / picture.width;
  const wanted = how === 'width' ? byWidth : Math.min(byWidth, pane.height / picture.height);
  return Math.min(LARGEST_FIT, Math.max(LEAST, wanted));
}

function startPanning(element: HTMLElement, start: PointerEvent, setPanning: (panning: boolean) => void): void {
  const { scrollLeft, scrollTop } = element;
  const move = (event: PointerEvent): void => element.scrollTo(scrollLeft - (event.clientX - start.clientX), scrollTop - (event.clientY - start.clientY));
  const end = (): void => {
    element.removeEventListener('pointermove', move);
    setPanning(false);
  };
  element.setPointerCapture(start.pointerId);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', end, { once: true });
  element.addEventListener('pointercancel', end, { once: true });
  setPanning(true);
}
