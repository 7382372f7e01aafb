// @ts-check
// The layers of a demand chart as SVG: grid, forecast fan, demand, capacity, target, markers.
import { svg } from './dom.js';
import { clock, tick } from './format.js';
import { bandPath, linear, linePath, stepPath, timeTicks, valueAt, valueTicks } from './scale.js';

/** @typedef {import('./scale.js').Point} Point */

/**
 * @typedef {object} Plot
 * @property {Point[]} history
 * @property {import('./fan.js').Fan} fan
 * @property {Point[]} capacity A step line; empty when the resource has none.
 * @property {number | undefined} targetShare Target over capacity.
 * @property {number | undefined} planned Capacity after the next change.
 * @property {number} plannedAt
 * @property {number} now
 * @property {number} demand
 */

/**
 * Where the plot lies and what it spans.
 * @typedef {object} Frame
 * @property {(t: number) => number} x
 * @property {(v: number) => number} y
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 * @property {number} from
 * @property {number} to
 * @property {number[]} ticks
 */

/**
 * @param {Plot} plot
 * @param {number} width
 * @param {number} height
 * @returns {Frame}
 */
export function frame(plot, width, height) {
  const left = 44;
  const right = width - 8;
  const top = 16;
  const bottom = height - 22;
  const from = plot.history[0]?.t ?? plot.now - 3_600_000;
  const to = Math.max(plot.fan.times.at(-1) ?? 0, plot.now + (plot.now - from) * 0.05);
  const top95 = plot.fan.bands[0]?.upper ?? plot.fan.median;
  const shown = plot.capacity.filter((_, i) => (plot.capacity[i + 1]?.t ?? Infinity) > from);
  const highest = [...plot.history, ...top95, ...shown].reduce((m, p) => Math.max(m, p.v), plot.demand);
  const ticks = valueTicks(Math.max(highest, plot.planned ?? 0) * 1.04, 4);
  const x = linear(from, to, left, right);
  const y = linear(0, ticks[ticks.length - 1], bottom, top);
  return { x, y, left, right, top, bottom, from, to, ticks };
}

/**
 * @param {Plot} plot
 * @param {Frame} f
 * @returns {SVGElement[]}
 */
export function layers(plot, f) {
  return [...grid(f), ...fanLayer(plot, f), ...capacityLayer(plot, f), ...demandLayer(plot, f), ...markers(plot, f)];
}

/** @param {Frame} f */
function grid(f) {
  const lines = f.ticks.map(v => svg('line', { class: 'c-grid', x1: f.left, x2: f.right, y1: f.y(v), y2: f.y(v) }));
  const labels = f.ticks.map(v =>
    svg('text', { class: 'c-label', x: f.left - 6, y: f.y(v) + 4, 'text-anchor': 'end' }, tick(v)),
  );
  const times = timeTicks(f.from, f.to, Math.max(2, Math.floor((f.right - f.left) / 70)));
  const days = times.flatMap(t => [
    svg('line', { class: 'c-tick', x1: f.x(t), x2: f.x(t), y1: f.bottom, y2: f.bottom + 4 }),
    svg('text', { class: 'c-label', x: f.x(t), y: f.bottom + 17, 'text-anchor': anchor(f.x(t), f) }, clock(t)),
  ]);
  return [...lines, ...labels, ...days];
}

/** @param {number} x @param {Frame} f */
const anchor = (x, f) => (x > f.right - 16 ? 'end' : x < f.left + 16 ? 'start' : 'middle');

/** @param {Plot} plot @param {Frame} f */
function fanLayer(plot, f) {
  const bands = plot.fan.bands.map((band, i) =>
    svg('path', {
      class: i === 0 && plot.fan.bands.length > 1 ? 'c-band-outer' : 'c-band-inner',
      d: bandPath(band.lower, band.upper, f.x, f.y),
    }),
  );
  return [...bands, svg('path', { class: 'c-median', d: linePath(plot.fan.median, f.x, f.y) })];
}

/** @param {Plot} plot @param {Frame} f */
function demandLayer(plot, f) {
  const steps = plot.history
    .slice(1)
    .map((p, i) => p.t - plot.history[i].t)
    .sort((a, b) => a - b);
  const usual = steps[Math.floor(steps.length / 2)] ?? Infinity;
  const last = plot.history.at(-1);
  // The newest point of the history may be a few intervals old; the line goes on to what is measured now.
  const tail =
    last && plot.now > last.t && plot.now - last.t < usual * 6 ? [last, { t: plot.now, v: plot.demand }] : [];
  return [
    svg('path', { class: 'c-demand', d: linePath(plot.history, f.x, f.y, usual * 2.5) + linePath(tail, f.x, f.y) }),
    svg('circle', { class: 'c-now-dot', cx: f.x(plot.now), cy: f.y(plot.demand), r: 3.5 }),
  ];
}

/** @param {Plot} plot @param {Frame} f */
function capacityLayer(plot, f) {
  const past = clip(plot.capacity, f.from);
  if (past.length === 0) {
    return [];
  }

  const last = past[past.length - 1].v;
  const plannedAt = Math.min(f.to, Math.max(plot.now, plot.plannedAt));
  const future = [
    { t: plot.now, v: last },
    ...(plot.planned === undefined ? [] : [{ t: plannedAt, v: plot.planned }]),
  ];
  const share = plot.targetShare;
  const target = share === undefined ? [] : [...past, ...future.slice(1)].map(p => ({ t: p.t, v: p.v * share }));
  return [
    svg('path', { class: 'c-target', d: stepPath(target, f.to, f.x, f.y) }),
    svg('path', { class: 'c-capacity', d: stepPath(past, plot.now, f.x, f.y) }),
    svg('path', { class: 'c-plan', d: stepPath(future, f.to, f.x, f.y) }),
  ];
}

/**
 * The part of a step line from a time on.
 * @param {Point[]} points
 * @param {number} from
 */
function clip(points, from) {
  const before = valueAt(points, from);
  const after = points.filter(p => p.t > from);
  return before === undefined ? after : [{ t: from, v: before }, ...after];
}

/** @param {Plot} plot @param {Frame} f */
function markers(plot, f) {
  const now = f.x(plot.now);
  /** @type {SVGElement[]} */
  const marks = [
    svg('line', { class: 'c-now', x1: now, x2: now, y1: f.top - 4, y2: f.bottom }),
    svg('text', { class: 'c-label', x: now - 4, y: f.top - 5, 'text-anchor': 'end' }, 'now'),
  ];
  if (plot.plannedAt > plot.now && plot.plannedAt <= f.to) {
    const x = f.x(plot.plannedAt);
    const near = x > f.right - 90;
    marks.push(
      svg('line', { class: 'c-safe', x1: x, x2: x, y1: f.top - 4, y2: f.bottom }),
      svg('path', { class: 'c-safe-flag', d: `M${x - 4} ${f.top - 6}h8l-4 6z` }),
      svg(
        'text',
        { class: 'c-label', x: near ? x - 7 : x + 7, y: f.top - 5, 'text-anchor': near ? 'end' : 'start' },
        `start by ${clock(plot.plannedAt)}`,
      ),
    );
  }

  return marks;
}
