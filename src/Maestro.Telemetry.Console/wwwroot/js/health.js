// @ts-check
// The head of the page: clock, connection, problems, pauses and counters.
import { byId, h, setAttribute, setText, setTime, show } from './dom.js';
import {
  clock,
  clockWithSeconds,
  count,
  dayAndTime,
  duration,
  fixed,
  instant,
  NONE,
  number,
  plural,
  si,
  words,
} from './format.js';
import { groupName } from './model.js';

/** @typedef {import('./types.js').Status} Status */
/** @typedef {import('./api.js').Connection} Connection */

/**
 * Says whether the numbers are live.
 * @param {Connection} connection
 * @param {number} [lostFor] Seconds since the last event.
 */
export function showConnection(connection, lostFor) {
  const element = byId('connection', HTMLElement);
  const text = { connecting: 'Connecting', live: 'Live', reconnecting: 'Reconnecting' }[connection];
  setText(element, text);
  setAttribute(element, 'data-tone', connection === 'live' ? 'good' : 'wait');
  setAttribute(document.body, 'data-connection', connection);
  if (connection === 'reconnecting') {
    banner(
      byId('problems', HTMLElement),
      'bad',
      lostFor === undefined
        ? ['The server does not answer. The page keeps trying.']
        : [
            `The connection to the server is lost. The numbers below are ${duration(lostFor)} old; ` +
              'the page keeps trying.',
          ],
    );
  }
}

/** @param {Status} status */
export function showHead(status) {
  const now = instant(status.now);
  setTime(byId('clock', HTMLTimeElement), now, clockWithSeconds(now));
  setText(byId('fabric-name', HTMLElement), status.fabric ?? '');
  setText(byId('version', HTMLElement), status.version ?? '');
  document.title = status.fabric ? `${status.fabric} · Maestro.Telemetry` : 'Maestro.Telemetry';
  const problems = status.problems ?? [];
  banner(
    byId('problems', HTMLElement),
    problems.length > 0 ? 'bad' : 'good',
    problems.length > 0 ? problems : ['No problems.'],
  );
  showPauses(status);
}

/** @param {Status} status */
function showPauses(status) {
  const element = byId('paused', HTMLElement);
  const pauses = status.pause?.pauses ?? [];
  show(element, pauses.length > 0);
  banner(
    element,
    'wait',
    pauses.map(p => {
      const what = number(p.group) === 0 ? 'Everything is paused' : `${groupName(status, p.group)} is paused`;
      const until = instant(p.until);
      return (
        `${what}${p.actor ? ` by ${p.actor}` : ''} since ${clock(instant(p.since))}, ` +
        (Number.isFinite(until) ? `until ${dayAndTime(until)}` : 'until it is resumed') +
        `${p.reason ? `: ${p.reason}` : ''}. ` +
        'No new command goes out.'
      );
    }),
  );
}

/**
 * @param {HTMLElement} element
 * @param {'good' | 'wait' | 'bad'} tone
 * @param {string[]} sentences
 */
function banner(element, tone, sentences) {
  const key = JSON.stringify([tone, sentences]);
  if (element.dataset.key !== key) {
    element.dataset.key = key;
    setAttribute(element, 'data-tone', tone);
    element.replaceChildren(...sentences.map(s => h('p', {}, s)));
  }
}

/**
 * @typedef {object} Counter
 * @property {string} name
 * @property {(s: Status) => string} value
 * @property {(s: Status) => string} note
 * @property {(s: Status) => boolean} [bad]
 */

/** @type {Counter[]} */
const COUNTERS = [
  {
    name: 'Samples accepted',
    value: s => amount(s.ingest?.accepted),
    note: s => plural(number(s.ingest?.streams), 'open stream'),
  },
  {
    name: 'Samples refused',
    value: s => amount(s.ingest?.refused),
    note: refusals,
    bad: s => number(s.ingest?.refused) > 0,
  },
  {
    name: 'Samples stored',
    value: s => amount(s.ingest?.stored),
    note: s => `${count(s.ingest?.duplicates)} sent twice`,
  },
  { name: 'Forecasts', value: s => count(s.forecasts), note: () => 'issued' },
  {
    name: 'Commands',
    value: s => count(number(s.commands?.add) + number(s.commands?.remove) + number(s.commands?.move)),
    note: s => `${count(s.commands?.add)} add, ${count(s.commands?.remove)} remove, ${count(s.commands?.move)} move`,
  },
  {
    name: 'Commands failed',
    value: s => count(s.commands?.failed),
    bad: s => number(s.commands?.failed) > 0,
    note: s => `${s.openCommands?.length ?? 0} open now`,
  },
  {
    name: 'Apply latency',
    note: s => `p50; p99 ${latency(s, s.applyLatencySeconds?.p99)}`,
    value: s => latency(s, s.applyLatencySeconds?.p50),
  },
  {
    name: 'Breaches',
    value: s => count(s.breaches),
    note: () => 'of caps, minimum, membership',
    bad: s => number(s.breaches) > 0,
  },
];

/**
 * Every digit, as long as there is room for them.
 * @param {import('./types.js').Count} value
 */
function amount(value) {
  return number(value) < 1e8 ? count(value) : si(value);
}

/**
 * @param {Status} status
 * @param {number | undefined} value
 */
function latency(status, value) {
  return number(status.applyLatencySeconds?.count) > 0 ? `${fixed(value)} s` : NONE;
}

/** @param {Status} status */
function refusals(status) {
  const reasons = Object.entries(status.ingest?.refusedByReason ?? {}).sort((a, b) => number(b[1]) - number(a[1]));
  return reasons.length === 0
    ? 'none so far'
    : reasons.map(([reason, n]) => `${count(n)} ${words(reason)}`).join(', ');
}

/** @returns {(status: Status) => void} */
export function createCounters() {
  const views = COUNTERS.map(counter => ({
    counter,
    value: h('dd', { class: 'counter__value' }, NONE),
    note: h('dd', { class: 'counter__note' }, '\u00a0'),
  }));
  const tiles = views.map(v => h('div', { class: 'counter' }, h('dt', {}, v.counter.name), v.value, v.note));
  byId('counters', HTMLElement).replaceChildren(...tiles);
  return status => {
    for (const { counter, value, note } of views) {
      const bad = counter.bad?.(status) ?? false;
      setText(value, counter.value(status));
      setAttribute(value, 'data-tone', bad ? 'bad' : undefined);
      setText(note, counter.note(status));
      setAttribute(note, 'title', counter.note(status));
    }
  };
}
