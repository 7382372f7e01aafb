// @ts-check
// Wires the page: the status comes as events; forecasts, decisions and commands are read when they may have changed.
import { followStatus, getCommands, getDecisions, getStatus } from './api.js';
import { CapacityLog } from './capacity-log.js';
import { byId, h, setAttribute, setText, show, startTimeTitles } from './dom.js';
import { createExplain } from './explain.js';
import { createFabric } from './fabric.js';
import { derived } from './fan.js';
import { Forecasts } from './forecasts.js';
import { instant, number } from './format.js';
import { createGroups } from './groups.js';
import { createCounters, showConnection, showHead } from './health.js';
import { showLegend } from './legend.js';
import { logIn } from './login.js';
import { capacitySteps, groupName, weightsOf } from './model.js';
import { createCommands, createDecisions } from './records.js';
import { attempt, repeat } from './tasks.js';
import { startThemeToggle } from './theme-toggle.js';

/** @typedef {import('./types.js').Status} Status */
/** @typedef {import('./types.js').Decision} Decision */
/** @typedef {import('./types.js').Command} Command */

const DECISIONS_SHOWN = 50;
const COMMANDS_SHOWN = 20;
const COMMANDS_READ = 200;
const RECORDS_EVERY = 5_000;
const FORECASTS_EVERY = 3_000;
/** A fabric above either size is drawn only where it is in sight. */
const LARGE_GROUPS = 12;
const LARGE_GATEWAYS = 120;

/** @type {Status | undefined} */
let status;
/** @type {Decision[]} */
let decisions = [];
/** @type {Decision[]} */
let shownDecisions = [];
/** @type {Command[]} */
let commands = [];
const forecasts = new Forecasts();
const capacities = new CapacityLog();
let filter = 0;
let readingForecasts = false;
let lastEvent = NaN;
/** @type {Set<string> | undefined} */
let announced;

const explain = createExplain();
const renderFabric = createFabric();
const renderCounters = createCounters();
const renderDecisions = createDecisions(d => explain(number(d.group), groupName(status, d.group), d));
const renderCommands = createCommands();
const renderGroups = createGroups(
  group => explain(group, groupName(status, group)),
  (group, visible) => {
    forecasts.setVisible(group, visible);
    void readForecasts();
  },
);

/** @param {Status} next */
function onStatus(next) {
  status = next;
  lastEvent = performance.now();
  capacities.add(next);
  render();
}

function render() {
  if (!status) {
    return;
  }

  const nothing = !status.groups?.length && !status.gateways?.length && !status.sites?.length;
  show(byId('empty', HTMLElement), nothing);
  show(byId('groups', HTMLElement), !nothing);
  show(byId('fabric', HTMLElement), !nothing);
  show(byId('records', HTMLElement), !nothing || decisions.length + commands.length > 0);
  show(byId('counters-section', HTMLElement), true);
  show(byId('foot', HTMLElement), true);

  const large = (status.groups?.length ?? 0) > LARGE_GROUPS || (status.gateways?.length ?? 0) > LARGE_GATEWAYS;
  setAttribute(document.body, 'data-large', large);
  showHead(status);
  renderCounters(status);
  renderCards(status);
  renderFabric(status);
  renderRecords(status);
  offerGroups(status);
}

/** @param {Status} current */
function renderCards(current) {
  const stated = instant(current.now);
  const now = Number.isFinite(stated) ? stated : Date.now();
  const weights = weightsOf(current.gateways ?? []);
  renderGroups(
    (current.groups ?? []).map(group => {
      const id = number(group.id);
      const forecast = forecasts.of(id);
      return {
        group,
        name: groupName(current, id),
        now,
        forecast,
        resource: forecasts.resource,
        capacity: capacitySteps(
          id,
          capacities.of(id),
          commands,
          weights,
          derived(forecast).history[0]?.t ?? now,
          commands.length < COMMANDS_READ,
        ),
        decision: decisions.find(d => number(d.group) === id),
      };
    }),
  );
}

/** @param {Status} current */
function renderRecords(current) {
  renderDecisions(shownDecisions, current);
  renderCommands(commands.slice(0, COMMANDS_SHOWN), current);
}

/** @param {Status} current */
function offerGroups(current) {
  const select = byId('decision-group', HTMLSelectElement);
  const wanted = ['All groups', ...(current.groups ?? []).map(g => groupName(current, g.id))];
  if (wanted.join('\n') !== [...select.options].map(o => o.text).join('\n')) {
    const values = [0, ...(current.groups ?? []).map(g => number(g.id))];
    select.replaceChildren(...wanted.map((text, i) => h('option', { value: values[i] }, text)));
    select.value = String(values.includes(filter) ? filter : 0);
  }
}

async function readDecisions() {
  const enough = Math.min(500, Math.max(DECISIONS_SHOWN, 4 * (status?.groups?.length ?? 0)));
  const all = (await getDecisions(0, enough)).decisions ?? [];
  const asked = filter;
  const filtered =
    asked === 0 ? all.slice(0, DECISIONS_SHOWN) : ((await getDecisions(asked, DECISIONS_SHOWN)).decisions ?? []);
  decisions = all;
  if (asked === filter) {
    shownDecisions = filtered;
  }

  announce(all);
}

/**
 * Tells a screen reader about new decisions, once and in one sentence.
 * @param {Decision[]} all Newest first.
 */
function announce(all) {
  const ids = all.map(d => d.id ?? '');
  const fresh = all.filter(d => announced && !announced.has(d.id ?? ''));
  announced = new Set(ids);
  if (fresh.length > 0) {
    const [newest] = fresh;
    const more = fresh.length > 1 ? ` And ${fresh.length - 1} more.` : '';
    setText(
      byId('announcer', HTMLElement),
      `New decision for ${groupName(status, newest.group)}: ${newest.action ?? 'none'}. ` +
        `${newest.sentence ?? ''}${more}`,
    );
  }
}

async function readCommands() {
  commands = (await getCommands(COMMANDS_READ)).commands ?? [];
}

async function readForecasts() {
  // One after the other: the page must not crowd out the server's real work.
  if (readingForecasts) {
    return;
  }

  readingForecasts = true;
  const now = instant(status?.now);
  /** @type {Set<number>} */
  const tried = new Set();
  for (;;) {
    const group = forecasts.due(now).find(g => !tried.has(g));
    if (group === undefined) {
      break;
    }

    tried.add(group);
    await attempt(() => forecasts.read(group, now));
    if (status) {
      renderCards(status);
    }
  }

  readingForecasts = false;
}

async function readRecords() {
  await attempt(readDecisions);
  await attempt(readCommands);
  render();
}

byId('decision-group', HTMLSelectElement).addEventListener('change', event => {
  filter = Number(/** @type {HTMLSelectElement} */ (event.target).value);
  void readRecords();
});
byId('resource', HTMLSelectElement).addEventListener('change', event => {
  forecasts.resource = /** @type {HTMLSelectElement} */ (event.target).value;
  showLegend(forecasts.resource);
  render();
  void readForecasts();
});

startThemeToggle();
startTimeTitles();
showLegend(forecasts.resource);

// Nothing is asked for before the reader is known: each refusal would count as one.
await logIn();
followStatus(onStatus, connection => {
  showConnection(connection, Number.isFinite(lastEvent) ? (performance.now() - lastEvent) / 1000 : undefined);
  if (connection === 'reconnecting') {
    // An event stream does not say why it ended; a read does.
    void attempt(async () => onStatus(await getStatus()));
  }
});
void attempt(async () => onStatus(await getStatus()));
void repeat(readRecords, RECORDS_EVERY);
void repeat(readForecasts, FORECASTS_EVERY);
