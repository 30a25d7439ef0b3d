/**
 * The terminal's colours on light and on dark paper. Every text colour has a contrast of at least 4.5 to 1, and of 7
 * to 1 where the learner asks for contrast (WCAG 2.2, 1.4.3 and 1.4.6).
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

const contrastLight: typeof light = {
  background: '#ffffff',
  foreground: '#000000',
  cursor: '#000000',
  cursorAccent: '#ffffff',
  selectionBackground: '#b3d4ff',
  selectionInactiveBackground: '#d9d9d9',
  black: '#000000',
  red: '#8c0f0f',
  green: '#0b4d1c',
  yellow: '#573c00',
  blue: '#003a85',
  magenta: '#6a0f7c',
  cyan: '#00474f',
  white: '#333333',
  brightBlack: '#404040',
  brightRed: '#8f1d00',
  brightGreen: '#0f5209',
  brightYellow: '#5c3d00',
  brightBlue: '#003f9e',
  brightMagenta: '#7d0b69',
  brightCyan: '#004a5c',
  brightWhite: '#000000',
};

const contrastDark: typeof light = {
  background: '#000000',
  foreground: '#ffffff',
  cursor: '#ffffff',
  cursorAccent: '#000000',
  selectionBackground: '#0a3d7a',
  selectionInactiveBackground: '#404040',
  black: '#b8b8b8',
  red: '#ff9c94',
  green: '#8fe39b',
  yellow: '#ffd166',
  blue: '#9cc5ff',
  magenta: '#ecb3ff',
  cyan: '#84e6f0',
  white: '#ffffff',
  brightBlack: '#c8c8c8',
  brightRed: '#ffb8b3',
  brightGreen: '#b5f5bd',
  brightYellow: '#ffe199',
  brightBlue: '#bdd9ff',
  brightMagenta: '#f3ccff',
  brightCyan: '#aef1f7',
  brightWhite: '#ffffff',
};

/** Colours by theme. */
export const themes = { light, dark, contrastLight, contrastDark } as const;
/** Least contrast of a text that programs colour themselves. */
export const leastContrast = { page: 4.5, contrast: 7 } as const;
/** A theme's colours by xterm.js's names. */
export type TerminalTheme = typeof light;
