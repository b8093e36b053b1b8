// What a page asks for while nobody may be there: it does not keep anybody logged in.
const byItself = { 'GCP2-By-Itself': 'yes' };

// Saves a page of questions at every change, and says so. Without it the page's buttons do the same.
// Nothing is kept in the browser: what is not saved stays in its field, and is sent again.
(() => {
  'use strict';
  const form = document.querySelector('[data-autosave]');
  if (!form) return;
  const said = form.querySelector('[data-saved]');
  const shortest = 1000;
  const longest = 30000;
  const unreachable =
    'Not saved yet: no connection. Your answers stay on this page and are sent again. Keep it open.';
  const loggedOut =
    'Not saved: you were logged out. Log in again in another tab; this page then saves by itself.';
  const another =
    'Not saved: somebody else is logged in in this browser now, and these are not their answers. Once you have logged in again in another tab, this page saves by itself.';
  let isWanted = false;
  let isSending = false;
  let isLeaving = false;
  let isStale = false;
  let isAgain = false;
  let pause = shortest;
  let pressed;
  let timer;

  const time = () => new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const say = (text) => {
    said.textContent = text;
  };

  /**
   * After a log-in in another tab the page has an old token. It takes a new one of the same person
   * alone: what one has typed is not to be saved as somebody else's.
   */
  async function renew() {
    const page = await fetch(window.location.href, { headers: byItself, redirect: 'manual' });
    const read = new DOMParser().parseFromString(await page.text(), 'text/html');
    const { token } = form.elements;
    const { account } = read.body.dataset;
    if (account && account !== document.body.dataset.account) throw new Error(another);
    const { value } = read.querySelector('[data-autosave] [name=token]') ?? {};
    if (!value || value === token.value) throw new Error(loggedOut);
    token.value = value;
  }

  async function send() {
    if (isStale) await renew();
    const body = new URLSearchParams(new FormData(form));
    body.append('typed_by', document.body.dataset.account);
    const answer = await fetch(form.action, {
      method: 'POST',
      body,
      headers: { Accept: 'application/json', ...(isAgain ? byItself : {}) },
      redirect: 'manual',
    });
    isStale = answer.status === 403 || answer.type === 'opaqueredirect';
    return answer;
  }

  /** The button that was pressed goes through once everything is saved. */
  function leave() {
    if (!pressed) return;
    isLeaving = true;
    form.requestSubmit(pressed);
  }

  async function save() {
    if (isSending || !isWanted) return;
    isSending = true;
    isWanted = false;
    clearTimeout(timer);
    let next = 0;
    try {
      let answer = await send();
      if (isStale) answer = await send();
      if (isStale) throw new Error(loggedOut);
      if (answer.status === 409) {
        say('Not saved: somebody else answered the same question. Press "Save and continue" to see their answer.');
        leave();
      } else if (!answer.ok) {
        throw new Error(unreachable);
      } else {
        const { bases } = await answer.json();
        for (const [code, base] of Object.entries(bases)) {
          const field = form.elements[`base.${code}`];
          if (field) field.value = base;
        }
        pause = shortest;
        if (!isWanted) {
          say(`All answers are saved, ${time()}.`);
          leave();
        }
      }
    } catch ({ message }) {
      const isSaid = message === loggedOut || message === another;
      isWanted = true;
      next = isSaid ? longest : pause;
      pause = Math.min(2 * pause, longest);
      say(isSaid ? message : unreachable);
    } finally {
      isSending = false;
      if (isWanted) timer = setTimeout(next > 0 ? again : save, next);
    }
  }

  function again() {
    isAgain = true;
    save();
  }

  form.addEventListener('change', () => {
    isAgain = false;
    isWanted = true;
    say('Saving ...');
    save();
  });
  form.addEventListener('submit', (event) => {
    if (isLeaving) return;
    event.preventDefault();
    pressed = event.submitter;
    isAgain = false;
    isWanted = true;
    say('Saving ...');
    save();
  });
  window.addEventListener('online', again);
  window.addEventListener('beforeunload', (event) => {
    if (!isLeaving && (isWanted || isSending)) event.preventDefault();
  });
})();

// Keeps a part of a page up to date that others change. Without it the page's link does the same.
(() => {
  'use strict';
  const live = document.querySelector('[data-live]');
  const button = document.querySelector('[data-live-pause]');
  if (!live || !button) return;
  const every = 5000;
  const words = [button.textContent, 'Go on updating by itself'];
  let isPaused = false;
  let timer;

  async function update() {
    try {
      // Whoever leads a session looks at this for an hour and touches nothing: it keeps them logged in.
      const page = await fetch(window.location.href, { redirect: 'manual' });
      // Whoever has been logged out is shown that, and nobody else what stood here.
      if (page.type === 'opaqueredirect') window.location.reload();
      const read = new DOMParser().parseFromString(await page.text(), 'text/html');
      const now = read.querySelector('[data-live]');
      // What has the focus stays as it is.
      if (page.ok && now && now.innerHTML !== live.innerHTML && !live.contains(document.activeElement))
        live.replaceChildren(...now.childNodes);
    } catch {
      // The next one may come through.
    }
    if (!isPaused) timer = setTimeout(update, every);
  }

  button.hidden = false;
  button.addEventListener('click', () => {
    isPaused = !isPaused;
    button.textContent = words[Number(isPaused)];
    clearTimeout(timer);
    if (!isPaused) update();
  });
  timer = setTimeout(update, every);
})();
