// @ts-check
import { byId, setText } from './dom.js';

const KEY = 'maestro.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** @returns {'dark' | 'light'} */
function current() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'dark' || chosen === 'light' ? chosen : dark.matches ? 'dark' : 'light';
}

/** Lets the reader switch between dark and light; the choice is kept in this browser. */
export function startThemeToggle() {
  const button = byId('theme', HTMLButtonElement);
  const name = () => {
    setText(button, current() === 'dark' ? 'Light theme' : 'Dark theme');
  };

  button.addEventListener('click', () => {
    const next = current() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem(KEY, next);
    } catch (error) {
      if (!(error instanceof DOMException)) {
        throw error;
      }

      console.warn('The theme holds for this page only: the browser does not allow storage.');
    }

    name();
  });
  dark.addEventListener('change', name);
  name();
}
