/**
 * Keeps one guest from taking the whole server: after so many frames in a window the wire is not read until the window ends.
 * QEMU then holds the guest's frames back, as a slow wire does. Knows nothing about sockets or frames.
 */

/** At most 10 000 frames a second: some 120 Mbit/s of full frames, far more than a lesson needs, and a small part of a core here. */
export const FRAMES_PER_WINDOW = 1_000;
/** How long frames are counted before the count begins anew. */
export const WINDOW_MS = 100;

/** Counts what was taken in. Disposing forgets a pause that is under way. */
export interface Throttle extends Disposable {
  take(frameCount: number): void;
}

/** A throttle that stops and restarts the wire it is given. */
export function createThrottle(wire: { pause(): unknown; resume(): unknown }): Throttle {
  let windowStartMs = performance.now();
  let taken = 0;
  let timer: NodeJS.Timeout | undefined;
  const openWindow = (): void => {
    windowStartMs = performance.now();
    taken = 0;
  };
  return {
    take(frameCount) {
      if (performance.now() - windowStartMs >= WINDOW_MS) openWindow();
      taken += frameCount;
      if (taken < FRAMES_PER_WINDOW || timer !== undefined) return;
      wire.pause();
      timer = setTimeout(() => {
        timer = undefined;
        openWindow();
        wire.resume();
      }, WINDOW_MS);
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
