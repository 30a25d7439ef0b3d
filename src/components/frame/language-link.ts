/**
 * Keeps the place when the language is changed: the other language has the same steps under the same ids.
 * Knows nothing about languages.
 */

/** The step or question nearest above the middle of the window, so that a reader without a hash keeps the place too. */
function placeInView(): string {
  const marks = [...document.querySelectorAll<HTMLElement>('tadak-step[id], #quiz')];
  const passed = marks.filter((mark) => mark.getBoundingClientRect().top < window.innerHeight / 2);
  const last = passed.at(-1);
  return last ? `#${last.id}` : '';
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-keep-hash]') : null;
  // Who looks on by a link has its id there, in every language.
  if (link) link.hash = document.querySelector('tadak-watch') ? location.hash : placeInView();
});

export {};
