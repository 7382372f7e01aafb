// @ts-check
import { byId, h, svg } from './dom.js';

/** @type {[string, string, boolean][]} Class of the line or band, its name, and whether it is a band. */
const ENTRIES = [
  ['c-demand', 'Demand', false],
  ['c-median', 'Forecast median', false],
  ['c-band-inner', '10–90 %', true],
  ['c-band-outer', '2.5–97.5 %', true],
  ['c-capacity', 'Capacity', false],
  ['c-plan', 'Capacity planned', false],
  ['c-target', 'Target', false],
];

/** Shows once what the lines and areas of all charts mean. */
export function showLegend() {
  byId('legend', HTMLElement).replaceChildren(...ENTRIES.map(([kind, name, band]) => h('li', {},
    svg('svg', { class: 'legend__sample', width: 26, height: 12, 'aria-hidden': 'true' },
      band ? svg('rect', { class: kind, width: 26, height: 12 }) : svg('path', { class: kind, d: 'M0 6H26' })),
    name)));
}
