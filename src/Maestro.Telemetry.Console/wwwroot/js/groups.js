// @ts-check
// One card per Security Group: demand against capacity, the chart, the next change and why.
import { Chart } from './chart.js';
import { byId, h, keyed, setAttribute, setText, setTime, show } from './dom.js';
import { derived } from './fan.js';
import { clock, duration, fixed, instant, NONE, number, percent, relative, si, words } from './format.js';
import { STALE_AFTER, targetWork } from './model.js';
import { resources } from './resources.js';

/** @typedef {import('./types.js').SecurityGroup} SecurityGroup */
/** @typedef {import('./types.js').Forecast} Forecast */
/** @typedef {import('./scale.js').Point} Point */

/**
 * What a card shows.
 * @typedef {object} CardData
 * @property {SecurityGroup} group
 * @property {string} name
 * @property {number} now
 * @property {Forecast | undefined} forecast
 * @property {string} resource
 * @property {Point[]} capacity
 * @property {import('./types.js').Decision | undefined} decision The newest.
 */

/**
 * @param {(group: number) => void} onWhy
 * @param {(group: number, visible: boolean) => void} onVisible
 * @returns {(cards: CardData[]) => void}
 */
export function createGroups(onWhy, onVisible) {
  const container = byId('group-cards', HTMLElement);
  const watcher = new IntersectionObserver(
    entries => {
      for (const entry of entries) {
        onVisible(Number(entry.target.getAttribute('data-group')), entry.isIntersecting);
      }
    },
    { rootMargin: '200px' },
  );
  return keyed(
    container,
    card => String(number(card.group.id)),
    card => {
      const view = createCard(number(card.group.id), onWhy);
      watcher.observe(view.element);
      return view;
    },
  );
}

/**
 * @param {number} id
 * @param {(group: number) => void} onWhy
 */
function createCard(id, onWhy) {
  const name = h('h3', { class: 'card__name', id: `group-${id}` });
  const badges = h('span');
  const paused = h('span', { class: 'pill', 'data-tone': 'wait', hidden: true }, 'Paused');
  const stats = createStats();
  const chart = new Chart();
  const next = createNext();
  const why = h(
    'button',
    { class: 'button button--quiet', type: 'button', 'aria-describedby': `group-${id}` },
    'Why?',
  );
  const reason = h('span', { class: 'code' });
  const sentence = h('p', { class: 'card__sentence' });
  const load = h('p', { class: 'card__foot' });
  const age = h('time');
  why.addEventListener('click', () => onWhy(id));
  const element = h(
    'article',
    { class: 'card', 'data-group': id, 'aria-labelledby': `group-${id}` },
    h('header', { class: 'card__head' }, name, paused),
    h('p', { class: 'card__badges' }, badges, age),
    stats.element,
    chart.element,
    next.element,
    h('div', { class: 'card__why' }, reason, why),
    sentence,
    load,
  );

  return {
    element,
    /** @param {CardData} data */
    update(data) {
      const { group, now, decision } = data;
      setText(name, data.name);
      setAttribute(name, 'title', data.name);
      setText(
        badges,
        [`#${id}`, words(group.mode), `priority ${number(group.priority)}`].filter(Boolean).join(' · '),
      );
      show(paused, group.paused === true);
      stats.update(group);
      chart.update(chartData(data));
      next.update(group, now);
      setText(reason, group.reasonCode || decision?.reasonCode || 'NO_DECISION');
      setText(
        sentence,
        decision?.sentence || words(group.reasonCode) || 'No decision has been made for this group yet.',
      );
      setText(
        load,
        `${si(group.bitsPerSecond, 'bit/s')} · ${si(group.concurrentConnections)} connections · ` +
          `${si(group.connectionsPerSecond)} new/s`,
      );
      const sampled = instant(group.lastSample);
      const stale = !((now - sampled) / 1000 <= STALE_AFTER);
      setTime(
        age,
        sampled,
        Number.isFinite(sampled) ? `${stale ? 'Stale: ' : ''}last sample ${relative(sampled, now)}` : 'No sample yet',
      );
      setAttribute(age, 'data-tone', stale ? 'wait' : undefined);
    },
  };
}

function createStats() {
  const members = h('dd');
  const bounds = h('span', { class: 'stat__note' });
  const demand = h('dd');
  const capacity = h('dd');
  const used = h('dd');
  const bar = h(
    'span',
    { class: 'bar bar--target' },
    h('span', { class: 'bar__fill' }),
    h('span', { class: 'bar__mark' }),
  );
  const element = h(
    'dl',
    { class: 'stats' },
    h('div', { class: 'stat' }, h('dt', {}, 'SGMs'), members, bounds),
    h('div', { class: 'stat' }, h('dt', {}, 'Demand'), demand, h('span', { class: 'stat__note' }, 'ref. SGMs')),
    h('div', { class: 'stat' }, h('dt', {}, 'Capacity'), capacity, h('span', { class: 'stat__note' }, 'ref. SGMs')),
    h('div', { class: 'stat' }, h('dt', {}, 'Target used'), used, bar),
  );

  return {
    element,
    /** @param {SecurityGroup} group */
    update(group) {
      const present = group.members?.length ?? 0;
      const desired = number(group.desiredMembers);
      setText(members, desired > 0 && desired !== present ? `${present} → ${desired}` : String(present));
      setText(bounds, `${number(group.minimum)} to ${number(group.maximum) || NONE}`);
      setText(demand, fixed(group.demandCpuWork, 2));
      setText(capacity, fixed(group.capacityCpuWork, 2));
      const share = number(group.utilization) * 100;
      setText(used, percent(share));
      bar.style.setProperty('--share', String(Math.min(1, share / 125)));
      setAttribute(bar, 'data-load', share > 100 ? 'hot' : share > 90 ? 'high' : 'low');
    },
  };
}

function createNext() {
  const change = h('dd');
  const start = h('time');
  const element = h(
    'dl',
    { class: 'next' },
    h('div', {}, h('dt', {}, 'Next change'), change),
    h('div', {}, h('dt', {}, 'Latest safe start'), h('dd', {}, start)),
  );
  return {
    element,
    /**
     * @param {SecurityGroup} group
     * @param {number} now
     */
    update(group, now) {
      const safe = instant(group.latestSafeStart);
      setText(change, group.nextChange || 'None planned');
      setAttribute(change, 'title', group.nextChange || undefined);
      setAttribute(element, 'data-planned', Boolean(group.nextChange));
      setTime(
        start,
        safe,
        Number.isFinite(safe)
          ? safe < now
            ? `${duration((now - safe) / 1000)} overdue`
            : `${clock(safe)}, ${relative(safe, now)}`
          : NONE,
      );
    },
  };
}

/** @param {CardData} data */
function chartData({ group, name, now, forecast, resource, capacity }) {
  const shown = resources[resource];
  const cpu = resource === 'cpu_work';
  const present = group.members?.length ?? 0;
  const desired = number(group.desiredMembers);
  const currentCapacity = number(group.capacityCpuWork);
  const target = targetWork(group);
  const note = forecast?.values?.length
    ? `Forecast ${forecast.model || 'of an unnamed model'}, issued ${clock(instant(forecast.issuedAt))}, ` +
      `${forecast.trusted ? 'trusted' : `not trusted: ${forecast.trustReason || 'no reason given'}`}`
    : forecast
      ? 'No forecast has been issued for this group yet.'
      : 'Reading the forecast…';
  return {
    name,
    resource: shown,
    note,
    plot: {
      ...derived(forecast),
      capacity: cpu ? capacity : [],
      targetShare:
        cpu && target !== undefined && currentCapacity > 0
          ? Math.round((target / currentCapacity) * 1000) / 1000
          : undefined,
      planned:
        cpu && present > 0 && desired > 0 && desired !== present ? (currentCapacity * desired) / present : undefined,
      plannedAt: instant(group.latestSafeStart) || now,
      now,
      demand: shown.now(group),
    },
  };
}
