// @ts-check
// The dialog that answers "Why?": the explanation in sentences, the decision, and its whole record.
import { getExplanation } from './api.js';
import { byId, h, setText, setTime } from './dom.js';
import { dayAndTime, instant, number } from './format.js';

/** @typedef {import('./types.js').Decision} Decision */
/** @typedef {import('./types.js').Explanation} Explanation */

/** @returns {(group: number, name: string, decision?: Decision) => void} */
export function createExplain() {
  const dialog = byId('explain', HTMLDialogElement);
  const title = byId('explain-title', HTMLElement);
  const body = byId('explain-body', HTMLElement);
  let asked = 0;
  byId('explain-close', HTMLButtonElement).addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', event => {
    if (event.target === dialog) {
      dialog.close();
    }
  });

  return (group, name, decision) => {
    const question = ++asked;
    setText(title, decision ? `Why this decision for ${name}?` : `Why does ${name} have this size?`);
    body.replaceChildren(...decisionPart(decision), h('p', { role: 'status' }, 'Asking the planner…'));
    dialog.showModal();
    const show = (/** @type {HTMLElement[]} */ parts) => {
      if (question === asked) {
        body.replaceChildren(...parts);
      }
    };
    getExplanation(group, decision?.time).then(
      answer => show([...explanationPart(answer), ...decisionPart(decision ?? answer.decision)]),
      error =>
        show([
          h('p', { class: 'banner', 'data-tone': 'bad' }, `The explanation could not be read. ${error.message}`),
          ...decisionPart(decision),
        ]),
    );
  };
}

/** @param {Explanation} explanation */
function explanationPart(explanation) {
  const time = h('time');
  const at = instant(explanation.time);
  setTime(time, at, dayAndTime(at));
  const sentences = explanation.sentences ?? [];
  return [
    h('p', { class: 'section__note' }, 'As of ', time),
    sentences.length === 0
      ? h('p', {}, 'The planner has not decided about this group yet.')
      : h('ol', { class: 'sentences' }, ...sentences.map(s => h('li', {}, s))),
  ];
}

/** @param {Decision | undefined} decision */
function decisionPart(decision) {
  if (!decision) {
    return [];
  }

  const time = h('time');
  const at = instant(decision.time);
  setTime(time, at, dayAndTime(at));
  /** @type {[string, Node | string][]} */
  const facts = [
    ['Decided', time],
    ['Action', decision.action || 'None'],
    ['SGMs', `${number(decision.members)} now, ${number(decision.desired)} wanted`],
    ['SGM', decision.serial || 'none'],
    ['Reason', h('span', { class: 'code' }, decision.reasonCode || 'none')],
    ['In words', decision.sentence || 'no sentence was recorded'],
  ];
  const list = h(
    'dl',
    { class: 'facts' },
    ...facts.flatMap(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]),
  );
  const record = decision.recordJson
    ? [
        h(
          'details',
          { class: 'record' },
          h('summary', {}, 'The whole record'),
          h('pre', { tabindex: 0 }, pretty(decision.recordJson)),
        ),
      ]
    : [];
  return [h('h3', {}, 'The decision'), list, ...record];
}

/** @param {string} json */
function pretty(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return json;
    }

    throw error;
  }
}
