/**
 * The theme menu. Shares the storage key with the inline script that Starlight puts in the head.
 * Knows nothing about colours.
 */
const storageKey = 'starlight-theme';
const prefersLight = matchMedia('(prefers-color-scheme: light)');

function storedTheme(): 'light' | 'dark' | 'auto' {
  const stored = localStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

function applyTheme(): void {
  const theme = storedTheme();
  document.documentElement.dataset['theme'] = theme === 'auto' ? (prefersLight.matches ? 'light' : 'dark') : theme;
  for (const select of document.querySelectorAll<HTMLSelectElement>('[data-theme-select]')) select.value = theme;
}

for (const select of document.querySelectorAll<HTMLSelectElement>('[data-theme-select]')) {
  select.addEventListener('change', () => {
    localStorage.setItem(storageKey, select.value === 'auto' ? '' : select.value);
    applyTheme();
  });
}
prefersLight.addEventListener('change', applyTheme);
applyTheme();

export {};
