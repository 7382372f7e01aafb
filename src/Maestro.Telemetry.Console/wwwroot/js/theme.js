// @ts-check
// Runs before the first paint, so that a chosen theme does not flash. A classic script, not a module: modules wait.
(() => {
  const asked = new URLSearchParams(location.search).get('theme');
  /** @type {string | null} */
  let kept = null;
  try {
    kept = localStorage.getItem('maestro.theme');
  } catch {
    // Storage may be forbidden; the system's theme is used then.
  }

  const theme = asked ?? kept;
  if (theme === 'dark' || theme === 'light') {
    document.documentElement.dataset.theme = theme;
  }
})();
