/**
 * Arrow keys in a list of tabs, as the ARIA practices have it. Knows nothing about what the tabs hold.
 */

/** Moves between the tabs of `list` and presses the one that is reached. */
export function handleTabArrow(event: KeyboardEvent, list: HTMLElement): void {
  const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(event.target as HTMLElement);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
  const tab = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
  if (!tab) return;
  event.preventDefault();
  tab.focus();
  tab.click();
}
