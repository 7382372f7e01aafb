// @ts-check
// Small helpers over the document. Data only ever becomes text, never markup.
import { localAndUtc } from './format.js';

const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {Node | string | null | undefined} Child */
/** @typedef {Record<string, string | number | boolean | undefined>} Attributes */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {SVGElementTagNameMap[T]}
 */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} element
 * @param {Attributes} attributes
 * @param {Child[]} children
 * @returns {E}
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    setAttribute(element, name, value);
  }

  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/**
 * Sets, or removes when the value is undefined or false; touches the document only when something changed.
 * @param {Element} element
 * @param {string} name
 * @param {string | number | boolean | undefined} value
 */
export function setAttribute(element, name, value) {
  if (value === undefined || value === false) {
    if (element.hasAttribute(name)) {
      element.removeAttribute(name);
    }

    return;
  }

  const text = value === true ? '' : String(value);
  if (element.getAttribute(name) !== text) {
    element.setAttribute(name, text);
  }
}

/**
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * @param {HTMLElement} element
 * @param {boolean} shown
 */
export function show(element, shown) {
  if (element.hidden === shown) {
    element.hidden = !shown;
  }
}

/**
 * Shows a time in a `time` element.
 * @param {HTMLTimeElement} element
 * @param {number} time
 * @param {string} text
 */
export function setTime(element, time, text) {
  setText(element, text);
  setAttribute(element, 'datetime', Number.isFinite(time) ? new Date(time).toISOString() : undefined);
}

/** Gives each time local time and UTC on hover; written only then, because hundreds change every second. */
export function startTimeTitles() {
  document.addEventListener('pointerover', event => {
    const time = event.target instanceof Element ? event.target.closest('time') : null;
    if (time) {
      setAttribute(time, 'title', localAndUtc(Date.parse(time.dateTime)) || undefined);
    }
  });
}

/** @template T @typedef {{ element: HTMLElement, update: (item: T) => void }} View */

/**
 * Keeps a container's children in step with a list: known keys are updated in place, so that focus, scroll position
 * and open details survive.
 * @template T
 * @param {HTMLElement} container
 * @param {(item: T) => string} key
 * @param {(item: T) => View<T>} create
 * @returns {(items: T[]) => Map<string, View<T>>}
 */
export function keyed(container, key, create) {
  /** @type {Map<string, View<T>>} */
  let views = new Map();
  return items => {
    /** @type {Map<string, View<T>>} */
    const next = new Map();
    let position = container.firstElementChild;
    for (const item of items) {
      const id = key(item);
      if (next.has(id)) {
        continue;
      }

      const view = views.get(id) ?? create(item);
      next.set(id, view);
      view.update(item);
      if (view.element === position) {
        position = position.nextElementSibling;
      } else {
        container.insertBefore(view.element, position);
      }
    }

    for (const [id, view] of views) {
      if (!next.has(id)) {
        view.element.remove();
      }
    }

    views = next;
    return views;
  };
}

/**
 * An element of the page that must be there.
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} type
 * @returns {E}
 */
export function byId(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) {
    throw new TypeError(`The page has no ${type.name} with id ${id}.`);
  }

  return element;
}
