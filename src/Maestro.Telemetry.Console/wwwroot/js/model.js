// @ts-check
// What the API says, arranged the way the page shows it. Pure.
import { instant, number } from './format.js';

/** @typedef {import('./types.js').Status} Status */
/** @typedef {import('./types.js').SecurityGroup} SecurityGroup */
/** @typedef {import('./types.js').Gateway} Gateway */
/** @typedef {import('./types.js').Command} Command */
/** @typedef {import('./scale.js').Point} Point */
/** @typedef {{ id: number, name: string, gateways: Gateway[] }} GroupOnSite */
/** @typedef {import('./types.js').Orchestrator} Orchestrator */
/** @typedef {{ id: number, orchestrators: Orchestrator[], groups: GroupOnSite[], pool: Gateway[] }} SiteView */

/** A sample older than this is called stale, in seconds. */
export const STALE_AFTER = 300;

/**
 * What a group is called: its name, or its number when it has none.
 * @param {Status | undefined} status
 * @param {number | undefined} id
 */
export function groupName(status, id) {
  const group = status?.groups?.find(g => number(g.id) === number(id));
  return group?.name || `Security Group ${number(id)}`;
}

/** @param {Gateway} a @param {Gateway} b */
const byMember = (a, b) =>
  number(a.memberId) - number(b.memberId) || String(a.serial ?? '').localeCompare(String(b.serial ?? ''));

/**
 * Sites with their groups and pool. A gateway on a site that the status does not list gets that site shown too.
 * @param {Status} status
 * @returns {SiteView[]}
 */
export function siteViews(status) {
  const gateways = status.gateways ?? [];
  const sites = [...(status.sites ?? [])];
  for (const id of new Set(gateways.map(g => number(g.site)))) {
    if (!sites.some(s => number(s.id) === id)) {
      sites.push({ id });
    }
  }

  return sites.sort((a, b) => number(a.id) - number(b.id)).map(site => siteView(status, site, gateways));
}

/**
 * @param {Status} status
 * @param {import('./types.js').Site} site
 * @param {Gateway[]} gateways
 * @returns {SiteView}
 */
function siteView(status, site, gateways) {
  const id = number(site.id);
  const here = gateways.filter(g => number(g.site) === id);
  const groupIds = new Set(here.map(g => number(g.securityGroup)).filter(g => g !== 0));
  const groups = [...groupIds]
    .sort((a, b) => a - b)
    .map(group => ({
      id: group,
      name: groupName(status, group),
      gateways: here.filter(g => number(g.securityGroup) === group).sort(byMember),
    }));

  const free = here.filter(g => number(g.securityGroup) === 0);
  // The Orchestrator knows of SGMs that have not streamed yet.
  for (const serial of site.pool ?? []) {
    if (!gateways.some(g => g.serial === serial)) {
      free.push({ serial, site: id, state: 'Unassigned' });
    }
  }

  return { id, orchestrators: site.orchestrators ?? [], groups, pool: free.sort(byMember) };
}

/**
 * How a member state is shown. The glyph and the word say it without the colour.
 * @param {string | undefined} state
 * @returns {{ tone: 'good' | 'wait' | 'bad' | 'idle', glyph: string, word: string }}
 */
export function memberState(state) {
  switch ((state ?? '').toLowerCase()) {
    case 'active':
      return { tone: 'good', glyph: '●', word: 'Active' };
    case 'ready':
      return { tone: 'wait', glyph: '◔', word: 'Ready' };
    case 'init':
      return { tone: 'wait', glyph: '◔', word: 'Joining' };
    case 'standby':
      return { tone: 'idle', glyph: '◐', word: 'Standby' };
    case 'backup':
      return { tone: 'idle', glyph: '◐', word: 'Backup' };
    case 'unassigned':
      return { tone: 'idle', glyph: '○', word: 'Free' };
    case 'down':
      return { tone: 'bad', glyph: '✕', word: 'Down' };
    case 'lost':
      return { tone: 'bad', glyph: '✕', word: 'Lost' };
    default:
      return { tone: 'wait', glyph: '?', word: state || 'Unknown' };
  }
}

/**
 * How a command state is shown.
 * @param {string | undefined} state
 * @returns {{ tone: 'good' | 'wait' | 'bad' | 'idle', glyph: string }}
 */
export function commandState(state) {
  switch ((state ?? '').toLowerCase()) {
    case 'verified':
      return { tone: 'good', glyph: '●' };
    case 'failed':
      return { tone: 'bad', glyph: '✕' };
    case 'rejected':
    case 'expired':
      return { tone: 'idle', glyph: '○' };
    default:
      return { tone: 'wait', glyph: '◔' };
  }
}

/**
 * How full a CPU is: at 70 % it is high, at 85 % hot.
 * @param {unknown} percentBusy
 * @returns {'low' | 'high' | 'hot'}
 */
export function load(percentBusy) {
  const value = number(percentBusy);
  return value >= 85 ? 'hot' : value >= 70 ? 'high' : 'low';
}

/**
 * The CPU work that the target allows now; undefined when it cannot be told.
 * @param {SecurityGroup} group
 */
export function targetWork(group) {
  const used = number(group.utilization);
  const demand = number(group.demandCpuWork);
  return used > 0 && demand > 0 ? demand / used : undefined;
}

/**
 * The weight of each SGM in reference SGMs, by serial.
 * @param {Gateway[]} gateways
 */
export function weightsOf(gateways) {
  return new Map(gateways.map(g => [g.serial, number(g.weight) || 1]));
}

/**
 * A group's capacity over time, in reference SGMs: what this page saw, and before that today's capacity with the
 * verified changes of the ledger taken back. It begins no earlier than the oldest command that is known, when older
 * ones may exist.
 * @param {number} group
 * @param {Point[]} seen Capacity at each change since the page was opened, ascending.
 * @param {Command[]} commands Newest first.
 * @param {Map<string | undefined, number>} weights
 * @param {number} from
 * @param {boolean} complete True when no older command exists.
 * @returns {Point[]}
 */
export function capacitySteps(group, seen, commands, weights, from, complete) {
  if (seen.length === 0) {
    return [];
  }

  const changes = commands
    .filter(c => (c.state ?? '').toLowerCase() === 'verified')
    .map(c => ({ t: verifiedAt(c), change: capacityChange(c, group) * (weights.get(c.serial) ?? 1) }))
    .filter(c => c.change !== 0 && c.t < seen[0].t)
    .sort((a, b) => b.t - a.t);

  const steps = [...seen];
  for (const { t, change } of changes) {
    // The step at the front reaches back to the change that made it.
    steps[0] = { t, v: steps[0].v };
    steps.unshift({ t, v: Math.max(0, steps[0].v - change) });
  }

  const oldest = Math.min(...commands.map(c => instant(c.createdAt)).filter(Number.isFinite));
  const start = complete || !Number.isFinite(oldest) ? from : Math.max(from, oldest);
  steps[0] = { t: Math.min(start, steps[0].t), v: steps[0].v };
  return steps;
}

/** @param {Command} command */
function verifiedAt(command) {
  const step = command.steps?.find(s => (s.state ?? '').toLowerCase() === 'verified');
  return instant(step?.time ?? command.updatedAt);
}

/**
 * @param {Command} command
 * @param {number} group
 */
function capacityChange(command, group) {
  return (number(command.toGroup) === group ? 1 : 0) - (number(command.fromGroup) === group ? 1 : 0);
}
