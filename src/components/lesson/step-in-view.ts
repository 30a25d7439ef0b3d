/**
 * Marks in the strip of steps the one that is being read. Knows nothing about progress.
 */

/** The band of the window in which a step counts as being read: a third of the way down. */
const readingBand = '-30% 0px -65% 0px';

function markCurrent(id: string | undefined): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('tadak-step-list a')) {
    if (link.hash === `#${id}`) {
      link.setAttribute('aria-current', 'step');
      // Only the strip moves: `scrollIntoView` would take the page along.
      if (link.parentElement) link.parentElement.scrollLeft = link.offsetLeft - 48;
    } else link.removeAttribute('aria-current');
  }
}

const places = [...document.querySelectorAll('tadak-step, #quiz')];
const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) markCurrent(target.id);
    const first = places[0]?.getBoundingClientRect();
    if (first && first.top > window.innerHeight * 0.35) markCurrent(undefined);
  },
  { rootMargin: readingBand },
);
for (const place of places) observer.observe(place);

export {};
