// @ts-check
// A demand chart: drawn as SVG, read out by pointer or arrow keys, and told as text.
import { frame, layers } from './chart-layers.js';
import { h, setAttribute, setText, svg } from './dom.js';
import { clock, dayAndTime, NONE, percent } from './format.js';
import { nearest, valueAt } from './scale.js';

/** @typedef {import('./chart-layers.js').Plot} Plot */
/** @typedef {import('./resources.js').Resource} Resource */
/** @typedef {{ plot: Plot, resource: Resource, name: string, note: string }} ChartData */

const HEIGHT = 212;
let serial = 0;

/** A chart without data yet; its room on the page never changes. */
export class Chart {
  /** @type {ChartData | undefined} */
  #data;
  /** @type {import('./chart-layers.js').Frame | undefined} */
  #frame;
  /** @type {number | undefined} */
  #cursor;
  #width = 0;
  #drawn = '';

  constructor() {
    const id = `chart-${++serial}`;
    this.title = svg('title', { id: `${id}-title` });
    this.desc = svg('desc', { id: `${id}-desc` });
    this.layers = svg('g');
    this.cursorLine = svg('line', { class: 'c-cursor', y1: 12, y2: HEIGHT - 22, visibility: 'hidden' });
    this.svg = svg(
      'svg',
      {
        class: 'chart__svg',
        role: 'img',
        height: HEIGHT,
        'aria-labelledby': `${id}-title`,
        'aria-describedby': `${id}-desc`,
      },
      this.title,
      this.desc,
      this.layers,
      this.cursorLine,
    );
    this.slider = h('div', { class: 'chart__cursor', role: 'slider', tabindex: 0, 'aria-label': 'Time shown' });
    this.readout = h('figcaption', { class: 'chart__readout' });
    this.table = h('table');
    this.element = h(
      'figure',
      { class: 'chart' },
      h('div', { class: 'chart__plot' }, this.svg, this.slider),
      this.readout,
      h('div', { class: 'hidden' }, this.table),
    );
    this.#listen();
  }

  /** @param {ChartData} data */
  update(data) {
    this.#data = data;
    this.#draw();
  }

  #listen() {
    new ResizeObserver(([entry]) => {
      this.#width = Math.floor(entry.contentRect.width);
      this.#draw();
    }).observe(this.svg);
    this.slider.addEventListener('pointermove', event => this.#pointAt(event.offsetX));
    this.slider.addEventListener('pointerleave', () => this.#show(undefined));
    this.slider.addEventListener('blur', () => this.#show(undefined));
    this.slider.addEventListener('focus', () => {
      if (this.slider.matches(':focus-visible')) {
        this.#show(this.#data?.plot.now);
      }
    });
    this.slider.addEventListener('keydown', event => this.#key(event));
  }

  /** @param {number} offset Pixels from the left of the plot. */
  #pointAt(offset) {
    const f = this.#frame;
    if (f) {
      const share = Math.min(1, Math.max(0, (offset - f.left) / (f.right - f.left)));
      this.#show(f.from + share * (f.to - f.from));
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const f = this.#frame;
    if (!f) {
      return;
    }

    const step = (f.to - f.from) / 48;
    const at = this.#cursor ?? this.#data?.plot.now ?? f.from;
    /** @type {Record<string, number>} */
    const moves = {
      ArrowLeft: at - step,
      ArrowRight: at + step,
      ArrowDown: at - step,
      ArrowUp: at + step,
      Home: f.from,
      End: f.to,
    };
    if (event.key in moves) {
      event.preventDefault();
      this.#show(Math.min(f.to, Math.max(f.from, moves[event.key])));
    }
  }

  /** @param {number | undefined} time */
  #show(time) {
    this.#cursor = time;
    const f = this.#frame;
    if (!f || !this.#data || time === undefined) {
      setAttribute(this.cursorLine, 'visibility', 'hidden');
      setText(this.readout, this.#data?.note ?? '');
      return;
    }

    const text = describeAt(this.#data, time);
    setAttribute(this.cursorLine, 'x1', f.x(time));
    setAttribute(this.cursorLine, 'x2', f.x(time));
    setAttribute(this.cursorLine, 'visibility', 'visible');
    setText(this.readout, text);
    setAttribute(this.slider, 'aria-valuenow', Math.round(time));
    setAttribute(this.slider, 'aria-valuetext', text);
  }

  #draw() {
    if (!this.#data || this.#width < 80) {
      return;
    }

    const { plot, resource, name, note } = this.#data;
    const f = frame(plot, this.#width, HEIGHT);
    // A pixel is the smallest change worth drawing.
    const { now, history, fan, ...rest } = plot;
    const state = JSON.stringify([
      this.#width,
      name,
      note,
      resource.id,
      f.ticks,
      f.from,
      f.to,
      history.length,
      fan.median[0],
      fan.median.at(-1),
      { ...rest, demand: Math.round(f.y(plot.demand)) },
      Math.round(f.x(now)),
    ]);
    if (state === this.#drawn) {
      return;
    }

    this.#drawn = state;
    this.#frame = f;
    setAttribute(this.svg, 'viewBox', `0 0 ${this.#width} ${HEIGHT}`);
    this.layers.replaceChildren(...layers(plot, f));
    this.#describe(this.#data, f);
    this.#show(this.#cursor);
  }

  /** @param {ChartData} data @param {import('./chart-layers.js').Frame} f */
  #describe(data, f) {
    const { plot, resource, name, note } = data;
    setText(this.title, `${name}: ${resource.name} in ${resource.unit}`);
    setText(this.desc, `${clock(f.from)} to ${clock(f.to)}. ${describeAt(data, plot.now)}. ${note}`);
    setAttribute(this.slider, 'aria-label', `${name}, time to read out`);
    setAttribute(this.slider, 'aria-valuemin', Math.round(f.from));
    setAttribute(this.slider, 'aria-valuemax', Math.round(f.to));
    setAttribute(this.slider, 'aria-valuenow', Math.round(this.#cursor ?? plot.now));
    const rows = Array.from({ length: 9 }, (_, i) => f.from + (i / 8) * (f.to - f.from)).map(t => row(data, t));
    const head = h(
      'tr',
      {},
      ...['Time', 'Demand', 'Forecast median', 'Forecast range', 'Capacity'].map(text =>
        h('th', { scope: 'col' }, text),
      ),
    );
    this.table.replaceChildren(
      h('caption', {}, `${name}: ${resource.name} in ${resource.unit}`),
      h('thead', {}, head),
      h('tbody', {}, ...rows),
    );
  }
}

/**
 * @param {ChartData} data
 * @param {number} t
 */
function valuesAt({ plot, resource }, t) {
  const step = plot.fan.times.length > 1 ? plot.fan.times[1] - plot.fan.times[0] : 0;
  const future = t > plot.now && plot.fan.times.length > 0;
  const past = t >= plot.now ? { t: plot.now, v: plot.demand } : nearest(plot.history, t);
  const band = plot.fan.bands[0];
  const known = past && Math.abs(past.t - t) <= Math.max(step, 60_000) * 1.5;
  const at = future ? nearest(plot.fan.median, t)?.v : undefined;
  const capacity =
    t > plot.now && plot.planned !== undefined && t >= plot.plannedAt ? plot.planned : valueAt(plot.capacity, t);
  return {
    demand: !future && known ? resource.text(past.v) : NONE,
    median: at === undefined ? NONE : resource.text(at),
    range:
      future && band
        ? `${resource.text(nearest(band.lower, t)?.v ?? 0)} to ${resource.text(nearest(band.upper, t)?.v ?? 0)}`
        : NONE,
    level: band ? percent((band.high - band.low) * 100) : '',
    capacity: capacity === undefined ? NONE : resource.text(capacity),
  };
}

/**
 * @param {ChartData} data
 * @param {number} t
 */
function describeAt(data, t) {
  const { demand, median, range, level, capacity } = valuesAt(data, t);
  const utc = new Date(t).toISOString().slice(11, 16);
  const load =
    median === NONE
      ? `demand ${demand}`
      : `forecast ${median}${range === NONE ? '' : `, ${level} between ${range.replace(' to ', ' and ')}`}`;
  return `${clock(t)} (${utc} UTC): ${load}${capacity === NONE ? '' : `, capacity ${capacity}`}`;
}

/**
 * @param {ChartData} data
 * @param {number} t
 */
function row(data, t) {
  const { demand, median, range, capacity } = valuesAt(data, t);
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, dayAndTime(t)),
    ...[demand, median, range, capacity].map(v => h('td', {}, v)),
  );
}
