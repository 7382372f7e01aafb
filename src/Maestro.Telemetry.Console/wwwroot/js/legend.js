// @ts-check
import { byId, h, svg } from './dom.js';

/** @type {[string, string, boolean][]} Class of the line or band, its name, whether it is a band. */
const ENTRIES = [
  ['c-demand', 'Demand', false],
  ['c-median', 'Forecast median', false],
  ['c-band-inner', '10–90 %', true],
  ['c-band-outer', '2.5–97.5 %', true],
];

/** @type {[string, string, boolean][]} Known in CPU work only. */
const CPU_ENTRIES = [
  ['c-capacity', 'Capacity', false],
  ['c-plan', 'Capacity planned', false],
  ['c-target', 'Target', false],
];

/**
 * Says once what the lines and areas of all charts mean.
 * @param {string} resource
 */
export function showLegend(resource) {
  const entries = resource === 'cpu_work' ? [...ENTRIES, ...CPU_ENTRIES] : ENTRIES;
  byId('legend', HTMLElement).replaceChildren(
    ...entries.map(([kind, name, band]) =>
      h(
        'li',
        {},
        svg(
          'svg',
          { class: 'legend__sample', width: 26, height: 12, 'aria-hidden': 'true' },
          band ? svg('rect', { class: kind, width: 26, height: 12 }) : svg('path', { class: kind, d: 'M0 6H26' }),
        ),
        name,
      ),
    ),
  );
}
