/**
 * The one place that makes an xterm.js terminal: its options, its add-ons, and how it falls back to the DOM
 * when the graphics context is lost.
 * Knows nothing about connections or tabs.
 */
import { ClipboardAddon, type IClipboardProvider } from '@xterm/addon-clipboard';
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import type { Store } from '../store.ts';
import { copyText } from './copy-text.ts';
import { watchTheme } from './page-theme.ts';
import type { TerminalSettings } from './settings.ts';
import { leastContrast, type TerminalTheme } from './themes.ts';

/** Hangul in the same fonts on every line, and Latin letters of equal width first. */
const fontFamily =
  "'D2Coding', 'JetBrains Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK KR', 'Nanum Gothic Coding', monospace";
/** Lines kept above the screen; the server's snapshot holds no more. */
const scrollbackLines = 5000;

/** A terminal with its add-ons. */
export interface Screen {
  readonly terminal: Terminal;
  readonly fit: FitAddon;
  readonly search: SearchAddon;
}

/** What a screen is made of. */
export interface ScreenOptions {
  readonly host: HTMLElement;
  /** Name of the input field for screen readers. */
  readonly label: string;
  readonly settings: Store<TerminalSettings>;
  /** Whether output is read now that was printed before this page looked. */
  readonly isHistory: () => boolean;
  readonly signal: AbortSignal;
}

/** Makes a terminal in `host`. */
export function createScreen({ host, label, settings, isHistory, signal }: ScreenOptions): Screen {
  Terminal.strings.promptLabel = label;
  const terminal = new Terminal({
    allowProposedApi: true,
    fontFamily,
    scrollback: scrollbackLines,
    macOptionIsMeta: false,
    rightClickSelectsWord: false,
    rescaleOverlappingGlyphs: true,
    cursorBlink: false,
    linkHandler: { activate: (_, address) => openLink(address) },
  });
  const fit = new FitAddon();
  const search = new SearchAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new UnicodeGraphemesAddon());
  terminal.loadAddon(new WebLinksAddon((_, address) => openLink(address)));
  terminal.loadAddon(new ClipboardAddon(undefined, writeOnlyClipboard(isHistory)));
  followSettings(terminal, { host, settings, signal });
  terminal.open(host);
  settings.watch((now) => speakOutput(terminal, now), signal);
  void drawByGraphicsCard(terminal);
  signal.addEventListener('abort', () => terminal.dispose());
  return { terminal, fit, search };
}

/**
 * OSC 52: a program in the lab may fill the learner's clipboard, never read it; and not again with every repetition of
 * what it printed. Output goes on meanwhile: the browser may ask the learner first.
 */
function writeOnlyClipboard(isHistory: () => boolean): IClipboardProvider {
  return {
    readText: () => '',
    writeText: (_, text) => {
      if (!isHistory()) void copyText(text);
    },
  };
}

/** Only web addresses, and never with a way back into this page. */
function openLink(address: string): void {
  if (/^https?:\/\//i.test(address)) window.open(address, '_blank', 'noopener,noreferrer');
}

function followSettings(
  terminal: Terminal,
  { host, settings, signal }: Omit<ScreenOptions, 'label' | 'isHistory'>,
): void {
  settings.watch(({ fontSize, screenReader, colours }) => {
    // Also for the 256 colours and for those that programs choose themselves.
    terminal.options.minimumContrastRatio = leastContrast[colours];
    terminal.options.fontSize = fontSize;
    terminal.options.screenReaderMode = screenReader;
  }, signal);
  const show = (theme: TerminalTheme) => {
    terminal.options.theme = theme;
    host.style.setProperty('--tp-paper', theme.background);
    host.style.setProperty('--tp-ink', theme.foreground);
  };
  watchTheme(settings, show, signal);
}

/** xterm.js reads all output aloud in screen reader mode; by default the page tells each command's end instead. */
function speakOutput({ element }: Terminal, { announce }: TerminalSettings): void {
  element?.querySelector('.live-region')?.setAttribute('aria-live', announce === 'all' ? 'assertive' : 'off');
}

/**
 * Faster where there is a graphics card; a lost context (sleep, too many of them) leaves the DOM renderer.
 * WebGL drawn by the processor, as in virtual desktops, would be the slower of the two.
 */
async function drawByGraphicsCard(terminal: Terminal): Promise<void> {
  if (!hasGraphicsCard()) return;
  try {
    const { WebglAddon } = await import('@xterm/addon-webgl');
    const webgl = new WebglAddon();
    webgl.onContextLoss(() => webgl.dispose());
    terminal.loadAddon(webgl);
  } catch {
    // It did not load or start: the DOM renderer, which is already at work, stays.
  }
}

/** Names of drivers that draw by the processor. */
const softwareRenderer = /swiftshader|llvmpipe|softpipe|software|basic render/i;

function hasGraphicsCard(): boolean {
  const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true });
  if (!context) return false;
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(context.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER));
  // Contexts are few (about 16 a page): this one is given back.
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return !softwareRenderer.test(renderer);
}
