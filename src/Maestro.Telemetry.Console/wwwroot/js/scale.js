// @ts-check
// Scales, ticks and SVG path data. Pure.

/** @typedef {{ t: number, v: number }} Point Milliseconds since 1970 and a value. */

/**
 * @param {number} from
 * @param {number} to
 * @param {number} start
 * @param {number} end
 * @returns {(value: number) => number}
 */
export function linear(from, to, start, end) {
  const span = to - from || 1;
  return value => start + ((value - from) / span) * (end - start);
}

/**
 * Round values from 0 to at least `maximum`, about `wanted` of them.
 * @param {number} maximum
 * @param {number} wanted
 */
export function valueTicks(maximum, wanted) {
  const top = maximum > 0 && Number.isFinite(maximum) ? maximum : 1;
  const raw = top / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 2.5, 5, 10].find(f => f * power >= raw * 0.999) ?? 10;
  const step = factor * power;
  const steps = Math.ceil(top / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

const MINUTE = 60_000;
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10080].map(m => m * MINUTE);

/**
 * Times at round local clock times, at most `wanted` of them.
 * @param {number} from
 * @param {number} to
 * @param {number} wanted
 */
export function timeTicks(from, to, wanted) {
  if (!(to > from)) {
    return [];
  }

  const step = TIME_STEPS.find(s => (to - from) / s <= wanted) ?? (to - from) / Math.max(1, wanted);
  const offset = new Date(from).getTimezoneOffset() * MINUTE;
  const ticks = [];
  for (let t = Math.ceil((from - offset) / step) * step + offset; t <= to; t += step) {
    ticks.push(t);
  }

  return ticks;
}

/** @param {number} value */
const round = value => Math.round(value * 10) / 10;

/**
 * A line through the points; a gap longer than `gap` breaks it.
 * @param {Point[]} points
 * @param {(t: number) => number} x
 * @param {(v: number) => number} y
 * @param {number} [gap] Milliseconds.
 */
export function linePath(points, x, y, gap = Infinity) {
  let path = '';
  let before = NaN;
  for (const { t, v } of points) {
    path += `${t - before <= gap ? 'L' : 'M'}${round(x(t))} ${round(y(v))}`;
    before = t;
  }

  return path;
}

/**
 * A line that keeps each value until the next point, up to `end`.
 * @param {Point[]} points
 * @param {number} end
 * @param {(t: number) => number} x
 * @param {(v: number) => number} y
 */
export function stepPath(points, end, x, y) {
  if (points.length === 0) {
    return '';
  }

  const [first, ...rest] = points;
  const moves = rest.map(({ t, v }) => `H${round(x(t))}V${round(y(v))}`).join('');
  return `M${round(x(first.t))} ${round(y(first.v))}${moves}H${round(x(end))}`;
}

/**
 * The area between two lines over the same times.
 * @param {Point[]} lower
 * @param {Point[]} upper
 * @param {(t: number) => number} x
 * @param {(v: number) => number} y
 */
export function bandPath(lower, upper, x, y) {
  if (lower.length === 0 || upper.length === 0) {
    return '';
  }

  return `${linePath(upper, x, y)}${linePath([...lower].reverse(), x, y)
    .replace('M', 'L')
    .replace(/M/g, 'L')}Z`;
}

/**
 * The value that a step line has at a time; undefined before its first point.
 * @param {Point[]} points Ascending.
 * @param {number} t
 */
export function valueAt(points, t) {
  let value;
  for (const point of points) {
    if (point.t > t) {
      break;
    }

    value = point.v;
  }

  return value;
}

/**
 * The point nearest in time; undefined when there is none.
 * @param {Point[]} points
 * @param {number} t
 */
export function nearest(points, t) {
  /** @type {Point | undefined} */
  let best;
  for (const point of points) {
    if (!best || Math.abs(point.t - t) < Math.abs(best.t - t)) {
      best = point;
    }
  }

  return best;
}
