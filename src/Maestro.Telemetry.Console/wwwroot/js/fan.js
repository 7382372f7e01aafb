// @ts-check
// A forecast as points that a chart can draw. Pure.
import { instant, number, seconds } from './format.js';

/** @typedef {import('./types.js').Forecast} Forecast */
/** @typedef {import('./scale.js').Point} Point */

/**
 * @typedef {object} Fan
 * @property {number[]} times
 * @property {Point[]} median
 * @property {{ lower: Point[], upper: Point[], low: number, high: number }[]} bands Outer first.
 */

/**
 * The forecast as a median and up to two bands: the pairs of levels nearest to 2.5–97.5 % and 10–90 %.
 * @param {Forecast | undefined} forecast
 * @returns {Fan}
 */
export function fan(forecast) {
  const levels = forecast?.levels ?? [];
  const values = forecast?.values ?? [];
  const step = seconds(forecast?.step) * 1000;
  const start = forecastStart(forecast, step);
  if (levels.length === 0 || step <= 0 || !Number.isFinite(start)) {
    return { times: [], median: [], bands: [] };
  }

  const times = Array.from({ length: Math.floor(values.length / levels.length) }, (_, i) => start + i * step);
  /** @param {number} column */
  const series = column => times.map((t, i) => ({ t, v: number(values[i * levels.length + column]) }));
  const pairs = new Set(
    [
      [0.025, 0.975],
      [0.1, 0.9],
    ].map(([a, b]) => `${closest(levels, a)}:${closest(levels, b)}`),
  );
  const bands = [...pairs]
    .map(pair => pair.split(':').map(Number))
    .filter(([a, b]) => a < b)
    .map(([a, b]) => ({ lower: series(a), upper: series(b), low: levels[a], high: levels[b] }));
  return { times, median: series(closest(levels, 0.5)), bands };
}

/**
 * The first forecast interval follows the last measured one, unless the history ends long before the issue.
 * @param {Forecast | undefined} forecast
 * @param {number} step Milliseconds.
 */
function forecastStart(forecast, step) {
  const issued = instant(forecast?.issuedAt);
  const last = history(forecast).at(-1);
  return last && Math.abs(last.t + step - issued) <= 2 * step ? last.t + step : issued;
}

/**
 * @param {number[]} levels
 * @param {number} wanted
 */
function closest(levels, wanted) {
  let best = 0;
  levels.forEach((level, i) => {
    if (Math.abs(level - wanted) < Math.abs(levels[best] - wanted)) {
      best = i;
    }
  });
  return best;
}

/**
 * The history of a forecast as points, ascending, without what is not a time.
 * @param {Forecast | undefined} forecast
 * @returns {Point[]}
 */
export function history(forecast) {
  return (forecast?.history ?? [])
    .map(p => ({ t: instant(p.time), v: number(p.value) }))
    .filter(p => Number.isFinite(p.t))
    .sort((a, b) => a.t - b.t);
}

/** @typedef {{ history: Point[], fan: Fan }} Derived */

/** @type {WeakMap<Forecast, Derived>} */
const kept = new WeakMap();
/** @type {Derived} */
const NOTHING = { history: [], fan: { times: [], median: [], bands: [] } };

/**
 * The points of a forecast, worked out once for each: the page asks again every second.
 * @param {Forecast | undefined} forecast
 * @returns {Derived}
 */
export function derived(forecast) {
  if (!forecast) {
    return NOTHING;
  }

  const result = kept.get(forecast) ?? { history: history(forecast), fan: fan(forecast) };
  kept.set(forecast, result);
  return result;
}
