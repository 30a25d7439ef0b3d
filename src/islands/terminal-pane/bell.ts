/**
 * The bell: a short frame around the screen, and a soft tone for those who want one. Knows nothing about terminals.
 */

/** How long the frame stays, ms; it does not blink. */
const frameMs = 300;
/** Pitch in Hz, loudness from 0 to 1, length in s. */
const tone = { pitch: 660, loudness: 0.08, length: 0.12 } as const;

/** Makes the bell of a pane. */
export function createBell(host: HTMLElement, wantsSound: () => boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let audio: AudioContext | undefined;
  return () => {
    // A program that rings all the time gets one frame and one tone, not a hundred.
    if (timer !== undefined) return;
    host.classList.add('tp-rung');
    timer = setTimeout(() => {
      host.classList.remove('tp-rung');
      timer = undefined;
    }, frameMs);
    if (wantsSound()) {
      audio ??= new AudioContext();
      play(audio);
    }
  };
}

function play(audio: AudioContext): void {
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.frequency.value = tone.pitch;
  volume.gain.value = tone.loudness;
  source.connect(volume).connect(audio.destination);
  source.start();
  source.stop(audio.currentTime + tone.length);
}
