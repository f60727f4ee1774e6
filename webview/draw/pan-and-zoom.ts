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
/** Letters are still read at this zoom: a picture that does not fit with it is shown in part at first. */
const READABLE = 0.75;

/** `key` changes with the picture: a new one is fitted anew, with `startX` in the middle. */
export function usePanAndZoom(pane: RefObject<HTMLElement | null>, size: Size, startX: number, key: string): PanAndZoom {
  const [zoom, setZoom] = useState(1);
  const [panning, setPanning] = useState(false);
  const pending = useRef<{ left: number; top: number } | null>(null);

  /** Where to scroll depends on the new size of the picture, so it happens after drawing. */
  const show = (next: number, left: number, top: number): void => {
    pending.current = { left, top };
    setZoom(next);
    if (next === zoom) scrollIfPending();
  };
  const scrollIfPending = (): void => {
    if (pending.current) pane.current?.scrollTo(pending.current);
    pending.current = null;
  };
  useLayoutEffect(scrollIfPending);

  /** Keeps the given point of the pane where it is. */
  const zoomAround = (wanted: number, x: number, y: number): void => {
    const next = Math.min(MOST, Math.max(LEAST, wanted));
    const { scrollLeft = 0, scrollTop = 0 } = pane.current ?? {};
    show(next, ((scrollLeft + x) * next) / zoom - x, ((scrollTop + y) * next) / zoom - y);
  };
  const zoomBy = (factor: number): void => zoomAround(zoom * factor, (pane.current?.clientWidth ?? 0) / 2, (pane.current?.clientHeight ?? 0) / 2);
  const fitTo = (how: 'width' | 'all'): void => {
    const element = pane.current;
    if (element) show(fittingZoom(size, spaceOf(element), how), 0, 0);
  };

  useLayoutEffect(() => {
    const element = pane.current!;
    const fitFirst = (): boolean => {
      const space = spaceOf(element);
      if (space.width === 0) return false;
      const first = firstZoom(size, space);
      show(first, startX * first - space.width / 2, 0);
      return true;
    };
    if (fitFirst()) return undefined;
    // A pane that is not laid out yet has no size to fit into.
    const observer = new ResizeObserver(() => { if (fitFirst()) observer.disconnect(); });
    observer.observe(element);
    return () => observer.disconnect();
  }, [key]);

  return {
    zoom, panning, zoomBy,
    zoomTo: next => zoomBy(next / zoom),
    fitWidth: () => fitTo('width'),
    fitAll: () => fitTo('all'),
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
      const action = { '+': () => zoomBy(1.25), '=': () => zoomBy(1.25), '-': () => zoomBy(1 / 1.25), '1': () => zoomBy(1 / zoom), '0': () => fitTo('all'), w: () => fitTo('width') }[event.key];
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

const spaceOf = (element: HTMLElement): Size => ({ width: element.clientWidth, height: element.clientHeight });

/** Whole where it can be read whole, else by its width, else as small as can be read. */
export function firstZoom(picture: Size, pane: Size): number {
  const whole = fittingZoom(picture, pane, 'all');
  return whole >= READABLE ? whole : Math.max(READABLE, fittingZoom(picture, pane, 'width'));
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
