// @ts-check

/**
 * Reads, and leaves what is shown as it is when the server cannot answer now: the next round tries again, and the
 * connection state tells the reader.
 * @param {() => Promise<void>} read
 */
export async function attempt(read) {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof Error)) {
      throw error;
    }

    console.warn('A read failed and will be tried again.', error.message);
  }
}

/**
 * Runs again and again, with a pause between the end of one run and the start of the next; rests while hidden.
 * @param {() => Promise<void>} run
 * @param {number} pause Milliseconds.
 */
export async function repeat(run, pause) {
  for (;;) {
    if (!document.hidden) {
      await run();
    }

    await new Promise(resolve => {
      setTimeout(resolve, pause);
    });
  }
}
