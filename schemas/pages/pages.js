// Saves a page of questions at every change, and says so. Without it the page's buttons do the same.
// Nothing is kept in the browser: what is not saved stays in its field, and is sent again.
(() => {
  'use strict';
  const form = document.querySelector('[data-autosave]');
  if (!form) return;
  const said = form.querySelector('[data-saved]');
  const longest = 30000;
  let wanted = false;
  let sending = false;
  let pause = 1000;
  let timer;

  const time = () => new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const say = (text) => {
    said.textContent = text;
  };

  const send = () =>
    fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: 'application/json' },
      redirect: 'manual',
    });

  /** After a new log-in in another tab the page has an old token; true where there is a new one. */
  async function renewed() {
    const page = await fetch(window.location.href, { redirect: 'manual' });
    if (!page.ok) return false;
    const read = new DOMParser().parseFromString(await page.text(), 'text/html');
    const { value } = read.querySelector('[data-autosave] [name=token]') ?? {};
    const old = form.elements.token.value;
    if (value) form.elements.token.value = value;
    return Boolean(value) && value !== old;
  }

  async function save() {
    if (sending || !wanted) return;
    sending = true;
    wanted = false;
    clearTimeout(timer);
    try {
      let answer = await send();
      if (answer.status === 403 && (await renewed())) answer = await send();
      if (answer.type === 'opaqueredirect' || answer.status === 403) {
        wanted = true;
        say('Not saved: you were logged out. Log in again in another tab, then change any answer here.');
      } else if (answer.status === 409) {
        say('Not saved: somebody else answered the same question. Press "Save and continue" to see their answer.');
      } else if (!answer.ok) {
        throw new Error();
      } else {
        const { bases } = await answer.json();
        for (const [code, base] of Object.entries(bases)) {
          const field = form.elements[`base.${code}`];
          if (field) field.value = base;
        }
        pause = 1000;
        if (!wanted) say(`All answers are saved, ${time()}.`);
      }
    } catch {
      wanted = true;
      say('Not saved yet: no connection. Your answers stay on this page and are sent again. Keep it open.');
      timer = setTimeout(save, pause);
      pause = Math.min(2 * pause, longest);
    } finally {
      sending = false;
      if (wanted && pause === 1000) timer = setTimeout(save, pause);
    }
  }

  form.addEventListener('change', () => {
    wanted = true;
    say('Saving ...');
    save();
  });
  form.addEventListener('submit', () => {
    wanted = false;
    clearTimeout(timer);
  });
  window.addEventListener('online', save);
  window.addEventListener('beforeunload', (event) => {
    if (wanted || sending) event.preventDefault();
  });
})();
