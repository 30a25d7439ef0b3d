/**
 * Puts a text on the clipboard. Knows nothing about where it comes from.
 */

/** Copies; also where the clipboard API is missing, which is every page that is not https or localhost. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.style.cssText = 'position:fixed;opacity:0';
  // Nothing can be selected outside of a dialog that covers the page.
  const covering = [...document.querySelectorAll('dialog:modal')].at(-1);
  (covering ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
