/**
 * Puts a style sheet into the page without a style element, which a strict content policy would refuse.
 * Knows nothing about what it styles.
 */

/** Adds the rules once. */
export function adoptCss(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}
