// @ts-check
// The tables of decisions and commands, as the ledger has them.
import { byId, h, keyed, setAttribute, setText, setTime, show } from './dom.js';
import { clock, clockWithSeconds, dayAndTime, instant, number, relative } from './format.js';
import { commandState, groupName } from './model.js';

/** @typedef {import('./types.js').Status} Status */
/** @typedef {import('./types.js').Decision} Decision */
/** @typedef {import('./types.js').Command} Command */
/** @template T @typedef {{ item: T, status: Status }} Row */

/**
 * @param {(decision: Decision) => void} onWhy
 * @returns {(decisions: Decision[], status: Status) => void}
 */
export function createDecisions(onWhy) {
  const note = byId('decisions-note', HTMLElement);
  const render = keyed(byId('decision-rows', HTMLElement), decisionKey, () => createDecisionRow(onWhy));
  return (decisions, status) => {
    render(decisions.map(item => ({ item, status })));
    setText(note, decisions.length === 0 ? 'No decision yet.' : `The newest ${decisions.length}`);
  };
}

/** @param {Row<Decision>} row */
const decisionKey = ({ item }) => item.id || `${item.time}-${item.group}`;

/** @param {(decision: Decision) => void} onWhy */
function createDecisionRow(onWhy) {
  /** @type {Decision} */
  let decision = {};
  const time = h('time');
  const ago = h('span', { class: 'cell__note' });
  const group = h('td', { role: 'cell', class: 'cell--group' });
  const action = h('strong');
  const change = h('span', { class: 'cell__note' });
  const code = h('span', { class: 'code' });
  const sentence = h('p', { class: 'cell__sentence' });
  const why = h('button', { class: 'button button--quiet', type: 'button' }, 'Why?');
  why.addEventListener('click', () => onWhy(decision));
  const element = h(
    'tr',
    { role: 'row' },
    h('td', { role: 'cell', class: 'cell--time' }, time, ago),
    group,
    h('td', { role: 'cell', class: 'cell--action' }, action, change),
    h('td', { role: 'cell', class: 'cell--reason' }, code, sentence),
    h('td', { role: 'cell', class: 'cell--why' }, why),
  );
  return {
    element,
    /** @param {Row<Decision>} row */
    update({ item, status }) {
      decision = item;
      const at = instant(item.time);
      const name = groupName(status, item.group);
      setTime(time, at, clockWithSeconds(at));
      setText(ago, relative(at, instant(status.now)));
      setText(group, name);
      setText(action, item.action || 'None');
      setAttribute(action, 'data-action', (item.action ?? '').toLowerCase());
      setText(change, `${number(item.members)} → ${number(item.desired)}${item.serial ? ` · ${item.serial}` : ''}`);
      setText(code, item.reasonCode ?? '');
      show(code, Boolean(item.reasonCode));
      setText(sentence, item.sentence ?? '');
      setAttribute(why, 'aria-label', `Why: ${item.action ?? 'decision'} for ${name} at ${clock(at)}`);
    },
  };
}

/** @returns {(commands: Command[], status: Status) => void} */
export function createCommands() {
  const note = byId('commands-note', HTMLElement);
  const render = keyed(byId('command-rows', HTMLElement), commandKey, createCommandRow);
  return (commands, status) => {
    render(commands.map(item => ({ item, status })));
    setText(note, commands.length === 0 ? 'No command yet.' : `The newest ${commands.length}`);
  };
}

/** @param {Row<Command>} row */
const commandKey = ({ item }) => item.id || `${item.createdAt}-${item.serial}`;

function createCommandRow() {
  const time = h('time');
  const ago = h('span', { class: 'cell__note' });
  const kind = h('strong');
  const serial = h('span', { class: 'serial' });
  const way = h('span', { class: 'cell__note' });
  const state = h('summary', { class: 'state' });
  const reason = h('p', { class: 'cell__note' });
  const steps = h('ol', { class: 'steps' });
  const element = h(
    'tr',
    { role: 'row' },
    h('td', { role: 'cell', class: 'cell--time' }, time, ago),
    h('td', { role: 'cell', class: 'cell--change' }, kind, ' ', serial, way),
    h('td', { role: 'cell', class: 'cell--state' }, h('details', {}, state, steps), reason),
  );
  return {
    element,
    /** @param {Row<Command>} row */
    update({ item, status }) {
      const at = instant(item.createdAt);
      const shown = commandState(item.state);
      /** @param {number | undefined} id */
      const place = id => (number(id) === 0 ? 'Free pool' : groupName(status, id));
      setTime(time, at, clockWithSeconds(at));
      setText(ago, relative(at, instant(status.now)));
      setText(kind, item.kind || 'Change');
      setText(serial, item.serial ?? '');
      setText(way, `${place(item.fromGroup)} → ${place(item.toGroup)}`);
      setText(state, `${shown.glyph} ${item.state || 'Unknown'}`);
      setAttribute(state, 'data-tone', shown.tone);
      setText(reason, item.reason ?? '');
      updateSteps(steps, item);
    },
  };
}

/**
 * @param {HTMLElement} list
 * @param {Command} command
 */
function updateSteps(list, command) {
  const key = JSON.stringify(command.steps ?? []);
  if (list.dataset.key !== key) {
    list.dataset.key = key;
    list.replaceChildren(
      ...(command.steps ?? []).map(step => {
        const time = h('time');
        setTime(time, instant(step.time), dayAndTime(instant(step.time)));
        return h('li', {}, time, ` ${step.state ?? ''}${step.note ? `: ${step.note}` : ''}`);
      }),
    );
  }
}
