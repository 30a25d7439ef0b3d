/** The button that opens the browser's print dialog. Knows nothing about what is printed. */

for (const button of document.querySelectorAll('[data-print]')) button.addEventListener('click', () => window.print());

export {};
