// @ts-check
// Who reads the page: the log-in that a server asks for, and the way out of it.
import { closeSession, getSession, openSession, signedOut } from './api.js';
import { byId, setText, show } from './dom.js';

const RETRY = 2_000;

/** @typedef {import('./api.js').Session} Session */

/** Ends when the server knows who reads, or does not ask; from then on it asks again by itself when that is over. */
export async function logIn() {
  const dialog = byId('login', HTMLDialogElement);
  byId('log-out', HTMLButtonElement).addEventListener('click', () => {
    void closeSession().then(
      () => location.reload(),
      error => console.warn('The log-out did not reach the server.', error),
    );
  });

  // There is nothing behind it to go back to.
  dialog.addEventListener('cancel', event => event.preventDefault());
  signedOut.addEventListener('signed-out', () => {
    if (!dialog.open) {
      void ask(dialog);
    }
  });

  const session = await readSession();
  if (session.authenticated) {
    showWho(session);
  } else {
    await ask(dialog);
  }
}

/** @returns {Promise<Session>} */
async function readSession() {
  for (;;) {
    try {
      return await getSession();
    } catch (error) {
      console.warn('The server does not answer; the page asks again.', error);
      await new Promise(resolve => {
        setTimeout(resolve, RETRY);
      });
    }
  }
}

/**
 * Shows the form until a log-in succeeds.
 * @param {HTMLDialogElement} dialog
 */
function ask(dialog) {
  const form = byId('login-form', HTMLFormElement);
  const name = byId('login-name', HTMLInputElement);
  const secret = byId('login-secret', HTMLInputElement);
  const send = byId('login-send', HTMLButtonElement);
  dialog.showModal();
  secret.focus();
  return new Promise(resolve => {
    const submit = async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      if (secret.value.trim() === '') {
        refuse('Token or password is empty; type or paste it.', secret);
        return;
      }

      send.disabled = true;
      try {
        showWho(await openSession(name.value.trim(), secret.value.trim()));
        form.removeEventListener('submit', submit);
        form.reset();
        show(byId('login-problem', HTMLElement), false);
        dialog.close();
        resolve(undefined);
      } catch (error) {
        refuse(error instanceof Error ? error.message : String(error), secret);
      } finally {
        send.disabled = false;
      }
    };
    form.addEventListener('submit', submit);
  });
}

/**
 * @param {string} sentence
 * @param {HTMLInputElement} field
 */
function refuse(sentence, field) {
  const problem = byId('login-problem', HTMLElement);
  show(problem, true);
  setText(problem, sentence);
  field.setAttribute('aria-invalid', 'true');
  field.select();
  field.focus();
}

/** @param {Session} session */
function showWho(session) {
  byId('login-secret', HTMLInputElement).removeAttribute('aria-invalid');
  const who = byId('who', HTMLElement);
  setText(who, session.name);
  show(who, session.required);
  show(byId('log-out', HTMLElement), session.required);
}
