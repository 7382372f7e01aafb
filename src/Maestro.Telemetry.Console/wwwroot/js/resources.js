// @ts-check
import { fixed, number, si } from './format.js';

/** @typedef {import('./types.js').SecurityGroup} SecurityGroup */

/**
 * A resource that a chart can show.
 * @typedef {object} Resource
 * @property {string} id As the control API calls it.
 * @property {string} name
 * @property {string} unit In words.
 * @property {(value: number) => string} text
 * @property {(group: SecurityGroup) => number} now
 */

/** @type {Record<string, Resource>} */
export const resources = {
  cpu_work: {
    id: 'cpu_work',
    name: 'CPU work',
    unit: 'reference SGMs',
    text: value => fixed(value, 2),
    now: group => number(group.demandCpuWork),
  },
  bits_per_second: {
    id: 'bits_per_second',
    name: 'Throughput',
    unit: 'bits per second',
    text: value => si(value, 'bit/s'),
    now: group => number(group.bitsPerSecond),
  },
  concurrent_connections: {
    id: 'concurrent_connections',
    name: 'Concurrent connections',
    unit: 'connections',
    text: value => si(value),
    now: group => number(group.concurrentConnections),
  },
  connections_per_second: {
    id: 'connections_per_second',
    name: 'New connections',
    unit: 'connections per second',
    text: value => si(value, '/s'),
    now: group => number(group.connectionsPerSecond),
  },
};
