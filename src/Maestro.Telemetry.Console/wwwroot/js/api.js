// @ts-check
// The server's same-origin endpoints: JSON by request, the status by server-sent events.

/** @typedef {import('./types.js').Status} Status */
/** @typedef {'connecting' | 'live' | 'reconnecting'} Connection */

const TIMEOUT = 10_000;
/** Without an event for so long the stream counts as lost, milliseconds. */
const SILENCE = 15_000;
const FIRST_RETRY = 1_000;
const LAST_RETRY = 15_000;

/** Tells, by the event signed-out, that the server does not know any more who reads the page. */
export const signedOut = new EventTarget();

/**
 * @template T
 * @param {string} path Below /api/v1/.
 * @param {T} [absent] What a 404 stands for.
 * @returns {Promise<T>}
 */
async function get(path, absent) {
  const response = await fetch(`/api/v1/${path}`, {
    headers: { Accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT),
  });
  if (response.status === 401) {
    signedOut.dispatchEvent(new Event('signed-out'));
  }

  if (response.status === 404 && absent !== undefined) {
    return absent;
  }

  if (!response.ok) {
    throw new Error(`The server answered ${response.status} ${response.statusText}`.trim());
  }

  return response.json();
}

/** @typedef {{ authenticated: boolean, required: boolean, name: string, roles: string[] }} Session */

/** @returns {Promise<Session>} */
export const getSession = () => get('session');

/**
 * Logs in; the server answers with a cookie that no script can read.
 * @param {string} name Empty with a token.
 * @param {string} secret
 * @returns {Promise<Session>} Rejected with a sentence that says why not.
 */
export async function openSession(name, secret) {
  const response = await fetch('/api/v1/session', {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, secret }),
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.detail ?? `The server answered ${response.status}.`);
  }

  return answer;
}

export async function closeSession() {
  await fetch('/api/v1/session', { method: 'DELETE', signal: AbortSignal.timeout(TIMEOUT) });
}

/** @returns {Promise<Status>} */
export const getStatus = () => get('status');

/**
 * The newest forecast; an empty one when none has been issued.
 * @param {number} group
 * @param {string} resource
 * @returns {Promise<import('./types.js').Forecast>}
 */
export const getForecast = (group, resource) => get(`groups/${group}/forecast?resource=${resource}`, {});

/**
 * @param {number} group 0 means every group.
 * @param {number} limit
 * @returns {Promise<{ decisions?: import('./types.js').Decision[] }>}
 */
export const getDecisions = (group, limit) => get(`decisions?${group === 0 ? '' : `group=${group}&`}limit=${limit}`);

/**
 * @param {number} group
 * @param {string} [at] RFC 3339; default now.
 * @returns {Promise<import('./types.js').Explanation>}
 */
export const getExplanation = (group, at) =>
  get(`groups/${group}/explain${at ? `?at=${encodeURIComponent(at)}` : ''}`);

/**
 * @param {number} limit
 * @returns {Promise<{ commands?: import('./types.js').Command[] }>}
 */
export const getCommands = limit => get(`commands?limit=${limit}`);

/**
 * Follows the status for as long as the page is open; a lost stream is opened again with growing pauses.
 * @param {(status: Status) => void} onStatus
 * @param {(connection: Connection) => void} onConnection
 */
export function followStatus(onStatus, onConnection) {
  let pause = FIRST_RETRY;
  /** @type {EventSource | undefined} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let watchdog;

  const lost = () => {
    clearTimeout(watchdog);
    source?.close();
    onConnection('reconnecting');
    setTimeout(open, pause * (0.75 + Math.random() / 2));
    pause = Math.min(LAST_RETRY, pause * 2);
  };

  const open = () => {
    source = new EventSource('/api/v1/events');
    watchdog = setTimeout(lost, SILENCE);
    source.addEventListener('error', lost, { once: true });
    source.addEventListener('status', event => {
      const status = parse(event.data);
      if (!status) {
        return;
      }

      clearTimeout(watchdog);
      watchdog = setTimeout(lost, SILENCE);
      pause = FIRST_RETRY;
      onConnection('live');
      onStatus(status);
    });
  };

  onConnection('connecting');
  open();
}

/**
 * @param {string} text
 * @returns {Status | undefined} Undefined when the event is not a JSON object; the next one is a second away.
 */
function parse(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) {
      console.warn('An event that is not JSON was left out.', error.message);
      return undefined;
    }

    throw error;
  }
}
