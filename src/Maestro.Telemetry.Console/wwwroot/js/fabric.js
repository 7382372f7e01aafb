// @ts-check
// The fabric map: sites side by side, each with its Orchestrators, Security Groups, SGMs and free pool.
import { byId, h, keyed, setAttribute, setText, setTime, show } from './dom.js';
import { duration, instant, NONE, number, percent, plural, si } from './format.js';
import { load, memberState, siteViews, STALE_AFTER } from './model.js';

/** @typedef {import('./types.js').Gateway} Gateway */
/** @typedef {import('./types.js').Orchestrator} Orchestrator */
/** @typedef {import('./model.js').SiteView} SiteView */
/** @typedef {{ id: number, name: string, gateways: Gateway[], now: number }} TileGroup */
/** @typedef {{ gateway: Gateway, now: number }} Tile */

/** @returns {(status: import('./types.js').Status) => void} */
export function createFabric() {
  const summary = byId('fabric-summary', HTMLElement);
  let now = NaN;
  const render = keyed(
    byId('sites', HTMLElement),
    /** @param {SiteView} site */ site => String(site.id),
    site => createSite(site, () => now),
  );
  return status => {
    now = instant(status.now);
    const sites = siteViews(status);
    render(sites);
    const members = sites.flatMap(s => s.groups).reduce((sum, g) => sum + g.gateways.length, 0);
    const free = sites.reduce((sum, s) => sum + s.pool.length, 0);
    setText(summary, `${plural(sites.length, 'site')}, ${plural(members, 'SGM')} in groups, ${free} free`);
  };
}

/**
 * @param {SiteView} site
 * @param {() => number} clock
 */
function createSite(site, clock) {
  const title = h(
    'h3',
    { class: 'site__name', id: `site-${site.id}` },
    site.id === 0 ? 'Site not known' : `Site ${site.id}`,
  );
  const orchestrators = h('ul', { class: 'orchestrators', 'aria-label': 'Orchestrators' });
  const none = h('p', { class: 'site__none' }, 'No Orchestrator has reported.');
  const groups = h('div', { class: 'site__groups' });
  const element = h(
    'section',
    { class: 'site', 'aria-labelledby': `site-${site.id}` },
    h('header', { class: 'site__head' }, title, orchestrators, none),
    groups,
  );
  const renderOrchestrators = keyed(
    orchestrators,
    /** @param {Orchestrator} o */ o => o.id ?? '',
    createOrchestrator,
  );
  const renderGroups = keyed(groups, /** @param {TileGroup} g */ g => String(g.id), createTileGroup);
  return {
    element,
    /** @param {SiteView} view */
    update(view) {
      const now = clock();
      renderOrchestrators(view.orchestrators);
      show(none, view.orchestrators.length === 0);
      renderGroups([...view.groups, { id: 0, name: 'Free pool', gateways: view.pool }].map(g => ({ ...g, now })));
    },
  };
}

function createOrchestrator() {
  const name = h('strong');
  const state = h('span');
  const element = h('li', { class: 'pill' }, name, ' ', state);
  return {
    element,
    /** @param {Orchestrator} orchestrator */
    update(orchestrator) {
      setText(name, `Orchestrator ${orchestrator.id ?? NONE}`);
      setText(
        state,
        orchestrator.reachable
          ? 'reachable'
          : `unreachable${orchestrator.problem ? `: ${orchestrator.problem}` : ''}`,
      );
      setAttribute(element, 'data-tone', orchestrator.reachable ? 'good' : 'bad');
    },
  };
}

/** @param {TileGroup} group */
function createTileGroup(group) {
  const name = h('h4', { class: 'tiles__name' });
  const amount = h('span', { class: 'tiles__count' });
  const list = h('ul', { class: 'tiles__list' });
  const empty = h('p', { class: 'tiles__none' }, 'No free SGM on this site.');
  const render = keyed(list, /** @param {Tile} tile */ tile => tile.gateway.serial ?? '', createTile);
  return {
    element: h(
      'div',
      { class: group.id === 0 ? 'tiles tiles--pool' : 'tiles' },
      h('div', { class: 'tiles__head' }, name, amount),
      list,
      empty,
    ),
    /** @param {TileGroup} view */
    update(view) {
      setText(name, view.name);
      setText(amount, plural(view.gateways.length, 'SGM'));
      show(empty, view.gateways.length === 0);
      render(view.gateways.map(gateway => ({ gateway, now: view.now })));
    },
  };
}

function createTile() {
  const serial = h('strong', { class: 'tile__serial' });
  const state = h('span', { class: 'tile__state' });
  const model = h('span', { class: 'tile__model' });
  const mean = h('span', { class: 'tile__cpu' });
  const bar = h('span', { class: 'bar' }, h('span', { class: 'bar__fill' }), h('span', { class: 'bar__peak' }));
  const busiest = h('span');
  const age = h('time');
  const element = h(
    'li',
    { class: 'tile' },
    h('span', { class: 'tile__row' }, serial, state),
    h('span', { class: 'tile__row' }, model, mean),
    bar,
    h('span', { class: 'tile__row tile__small' }, busiest, age),
  );
  return {
    element,
    /** @param {Tile} tile */
    update({ gateway, now }) {
      const shown = memberState(gateway.state);
      const sampled = instant(gateway.lastSample);
      const measured = Number.isFinite(sampled);
      const stale = measured && (now - sampled) / 1000 > STALE_AFTER;
      const cpu = number(gateway.cpuMeanPercent);
      const peak = number(gateway.cpuBusiestCorePercent);
      setText(serial, gateway.serial ?? NONE);
      setText(state, `${shown.glyph} ${shown.word}`);
      setAttribute(state, 'data-tone', shown.tone);
      setText(model, (gateway.model ?? '').replace(/^Check Point /, '') || 'Model not known');
      setText(mean, measured ? `CPU ${percent(cpu)}` : 'CPU –');
      setText(busiest, measured ? `core ${percent(peak)}` : 'no sample');
      setAttribute(busiest, 'title', 'Busiest core');
      setTime(age, sampled, measured ? `${stale ? '⚠ ' : ''}${duration((now - sampled) / 1000)}` : '');
      setAttribute(element, 'data-tone', shown.tone);
      setAttribute(element, 'data-stale', stale);
      setAttribute(element, 'title', detail(gateway));
      setAttribute(bar, 'data-load', load(cpu));
      bar.style.setProperty('--share', String(Math.min(1, cpu / 100)));
      bar.style.setProperty('--peak', String(Math.min(1, peak / 100)));
    },
  };
}

/** @param {Gateway} gateway */
function detail(gateway) {
  const parts = [
    gateway.model,
    gateway.release,
    number(gateway.memberId) > 0 ? `member ${gateway.memberId}` : '',
    number(gateway.weight) > 0 ? `weight ${gateway.weight}` : '',
    number(gateway.memoryUsedPercent) > 0 ? `memory ${percent(gateway.memoryUsedPercent)}` : '',
    number(gateway.bitsPerSecond) > 0 ? si(gateway.bitsPerSecond, 'bit/s') : '',
    skew(gateway),
  ];
  return parts.filter(Boolean).join(' · ') || undefined;
}

/** @param {Gateway} gateway */
function skew(gateway) {
  const ahead = gateway.clockSkewSeconds ?? 0;
  return Math.abs(ahead) >= 1 ? `clock ${duration(Math.abs(ahead))} ${ahead > 0 ? 'ahead' : 'behind'}` : '';
}
