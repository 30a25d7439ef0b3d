/**
 * The terminal's colours on light and on dark paper. Every text colour has a contrast of at least 4.5 to 1.
 * Knows nothing about xterm.js but the names of its colours.
 */

const light = {
  background: '#fbfaf7',
  foreground: '#24231f',
  cursor: '#24231f',
  cursorAccent: '#fbfaf7',
  selectionBackground: '#c9dcf5',
  selectionInactiveBackground: '#dfe4ea',
  black: '#24231f',
  red: '#b3261e',
  green: '#1b6e33',
  yellow: '#7d5700',
  blue: '#0b57b0',
  magenta: '#8e24a0',
  cyan: '#0a6b76',
  white: '#5f5d57',
  brightBlack: '#6a6861',
  brightRed: '#c4320a',
  brightGreen: '#257a1f',
  brightYellow: '#8a5a00',
  brightBlue: '#1a5fd0',
  brightMagenta: '#a02c8c',
  brightCyan: '#00708a',
  brightWhite: '#46443f',
};

const dark: typeof light = {
  background: '#161614',
  foreground: '#e6e3da',
  cursor: '#f2efe6',
  cursorAccent: '#161614',
  selectionBackground: '#2f4a6d',
  selectionInactiveBackground: '#3a3a36',
  black: '#8f8c84',
  red: '#ff8076',
  green: '#7fc98a',
  yellow: '#e0b45c',
  blue: '#84b6ff',
  magenta: '#d99cf0',
  cyan: '#6fcbd6',
  white: '#d6d3ca',
  brightBlack: '#a19e95',
  brightRed: '#ffa199',
  brightGreen: '#a3e0ab',
  brightYellow: '#f0cf8a',
  brightBlue: '#a9ccff',
  brightMagenta: '#e8bdf7',
  brightCyan: '#98e0e8',
  brightWhite: '#ffffff',
};

/** Colours by theme. */
export const themes = { light, dark } as const;
/** A theme's colours by xterm.js's names. */
export type TerminalTheme = typeof light;
