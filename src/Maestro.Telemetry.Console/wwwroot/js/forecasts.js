// @ts-check
import { getForecast } from './api.js';

/** @typedef {import('./types.js').Forecast} Forecast */

/** How long a forecast is shown before it is read again, in milliseconds of the server's clock. */
const FRESH = 60_000;

/** The forecasts of the groups that are in sight. */
export class Forecasts {
  /** @type {Map<number, { forecast: Forecast, readAt: number }>} */
  #read = new Map();
  /** @type {Set<number>} */
  #visible = new Set();
  #resource = 'cpu_work';

  get resource() {
    return this.#resource;
  }

  /** What was read for one resource says nothing about another. */
  set resource(value) {
    this.#resource = value;
    this.#read.clear();
  }

  /** @param {number} group */
  of(group) {
    return this.#read.get(group)?.forecast;
  }

  /**
   * @param {number} group
   * @param {boolean} visible
   */
  setVisible(group, visible) {
    if (visible) {
      this.#visible.add(group);
    } else {
      this.#visible.delete(group);
    }
  }

  /**
   * The groups in sight whose forecast is missing or no longer fresh.
   * @param {number} now The server's clock.
   */
  due(now) {
    return [...this.#visible].filter(group => {
      const age = now - (this.#read.get(group)?.readAt ?? NaN);
      return !(age >= 0 && age < FRESH);
    });
  }

  /**
   * @param {number} group
   * @param {number} now The server's clock.
   */
  async read(group, now) {
    const asked = this.#resource;
    const forecast = await getForecast(group, asked);
    if (asked === this.#resource) {
      this.#read.set(group, { forecast, readAt: now });
    }
  }
}
