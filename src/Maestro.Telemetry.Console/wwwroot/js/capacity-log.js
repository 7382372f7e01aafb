// @ts-check
import { instant, number } from './format.js';

/** @typedef {import('./scale.js').Point} Point */

/** What this page has seen of each group's capacity: one point for each change. */
export class CapacityLog {
  /** @type {Map<number, Point[]>} */
  #seen = new Map();
  #last = -Infinity;

  /** @param {import('./types.js').Status} status */
  add(status) {
    const t = instant(status.now);
    // A clock that ran backwards is another run of the server.
    if (t < this.#last) {
      this.#seen.clear();
    }

    this.#last = t;
    for (const group of status.groups ?? []) {
      const id = number(group.id);
      const v = number(group.capacityCpuWork);
      const points = this.#seen.get(id) ?? [];
      this.#seen.set(id, points);
      if (points.at(-1)?.v !== v) {
        points.push({ t, v });
      }
    }
  }

  /**
   * @param {number} group
   * @returns {Point[]} Ascending.
   */
  of(group) {
    return this.#seen.get(group) ?? [];
  }
}
