// The teacher's way: log in, start a record, answer, check, sign, read the report, log out.
import { passphrase } from './served.mjs';

const brief = (text) => text.replace(/\s+/g, ' ').slice(0, 240);
const widths = [320, 768, 1440];

const failures = (violations) =>
  violations.flatMap((v) => v.nodes.map((n) => brief(`${v.id}: ${n.html} ${n.failureSummary}`)));

/** By another program's rules; it needs a page that may run script. */
export async function accessible({ page, report, name, AxeBuilder }) {
  const nothing = { colorScheme: 'light', forcedColors: 'none' };
  for (const media of [{ colorScheme: 'dark' }, { forcedColors: 'active' }]) {
    await page.emulateMedia({ ...nothing, ...media });
    const { violations } = await new AxeBuilder({ page }).withRules('color-contrast').analyze();
    report.check(`${name}, ${Object.values(media)}: contrast`, failures(violations));
  }
  await page.emulateMedia(nothing);
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  report.expect(`${name}: axe looked`, passes.length > 10, `${passes.length} rules passed`);
  report.check(`${name}: axe`, failures(violations));
}

/** What is wider than the window and does not scroll by itself. */
const sticksOut = (page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const first = [...document.body.querySelectorAll('*')].find(
      (e) => e.getBoundingClientRect().right > root.clientWidth && !e.closest('.scroll'),
    );
    return [`${root.scrollWidth} px: ${first?.outerHTML}`];
  });

/** Whatever takes the focus is seen, shows that it has it, and nothing stands before it. */
const hiddenFocus = (page) =>
  page.evaluate(() => {
    const said = [];
    const stops = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    for (const each of document.querySelectorAll(stops)) {
      if (each.disabled || !each.checkVisibility()) continue;
      each.focus();
      if (document.activeElement !== each) continue;
      // A tick or a choice is drawn by its label.
      const label = each.matches('[type=checkbox], [type=radio]') ? each.labels[0] : undefined;
      // Of a link that goes over two lines, the first.
      const [{ left, right, top, bottom }] = each.getClientRects();
      const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
      const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
      const seen = document.elementFromPoint(x, y);
      const drawn = [getComputedStyle(each), ...(label ? [getComputedStyle(label, '::before')] : [])];
      if (!(each.contains(seen) || label?.contains(seen)))
        said.push(`behind ${seen?.outerHTML.slice(0, 60)}: ${each.outerHTML}`);
      if (!drawn.some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none'))
        said.push(`does not show it: ${each.outerHTML}`);
    }
    return said;
  });

/** What moves by itself, or on the way from one state to another. */
const moves = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((e) => {
        const { animationName, transitionDuration } = getComputedStyle(e);
        return animationName !== 'none' || /[1-9]/.test(transitionDuration);
      })
      .map((e) => e.outerHTML),
  );

/**
 * Nothing sticks out at any width, and a picture of it. At 400 % of a window of 1280 by 1024 px there is
 * room for 320 by 256: there, too, and what has the focus is seen. Nobody who asks for less motion has any.
 */
export async function look({ page, report, name, pictures }) {
  const size = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    report.check(`${name}, ${width} px: nothing sticks out`, (await sticksOut(page)).map(brief));
    if (pictures)
      await page.screenshot({ path: `${pictures}/${name.replace(/\W+/g, '-')}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 320, height: 256 });
  report.check(`${name}, 400 %: nothing sticks out`, (await sticksOut(page)).map(brief));
  await page.keyboard.press('Tab');
  report.check(`${name}, 400 %: the focus is seen`, (await hiddenFocus(page)).map(brief));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  report.check(`${name}: nothing moves`, (await moves(page)).map(brief));
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.setViewportSize(size);
}

export async function logIn(page, link, name, seen = async () => {}) {
  await page.goto(link);
  await seen('log in');
  await page.getByRole('button', { name: 'Log in' }).click();
  await seen('log in with errors');
  await page.getByLabel('Name of your account').fill(name);
  await page.getByLabel('Passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL((url) => !/\/(log-in|enter)/.test(url.pathname));
}

export async function startRecord(page, ref, name, seen = async () => {}) {
  await page.getByRole('link', { name: 'Start a record of another child' }).click();
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await seen('details with errors');
  await page.getByLabel('Reference', { exact: true }).fill(ref);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Date of birth').fill('2017-06-21');
  await page.getByLabel('From').fill('2026-01-12');
  await page.getByLabel('To', { exact: true }).fill('2026-02-06');
  await page.getByLabel('Consent of the carers').selectOption('given');
  await page.getByLabel('What the child says about it').fill('I like it at school.');
  await page.getByLabel('What the carers say about it').fill('Mornings are hard.');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await page.waitForURL('**/records/*');
}

/** Answers every page in turn by its buttons; gives how many pages there were. */
export async function answerAll(page, seen = async () => {}, evidence = 'Seen in week') {
  await page.locator('.govuk-task-list__link[href*="/answers/"]').first().click();
  let pages = 0;
  for (; page.url().includes('/answers/'); pages += 1) {
    if (pages === 0) await seen('questions');
    for (const leaf of await page.locator('section.leaf').all()) {
      await leaf.locator('.grades input').nth(pages % 3).check();
      await leaf.locator('textarea').first().fill(`${evidence} ${pages + 1}.`);
      await leaf.locator('input[type=date]').first().fill('2026-01-20');
    }
    const before = page.url();
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await page.waitForURL((url) => url.href !== before);
    if (pages > 30) break;
  }
  return pages;
}

/** `nothing`: where nothing is graded, it is asked for once more. */
export async function sign(page, nothing = false) {
  if (nothing) await page.getByLabel('I know that nothing is graded').check();
  await page.getByLabel('I have read the answers').check();
  await page.getByRole('button', { name: 'Sign the record' }).click();
  await page.waitForURL('**/report');
}

/** Who looks after the child and who works with the family; each form after asking for nothing. */
export async function describeFamily(page, seen = async () => {}) {
  const list = async (title, button, fill) => {
    await page.getByRole('link', { name: title }).click();
    await page.getByRole('button', { name: button }).click();
    await seen(`${title} with errors`);
    await fill();
    await page.getByRole('button', { name: button }).click();
    await seen(title);
    await page.getByRole('link', { name: 'Back to the record' }).click();
  };
  await list('Carers', 'Add the carer', async () => {
    await page.getByLabel('Name').fill('Parent Sample');
    await page.getByLabel('Relationship to the child').fill('mother');
    await page.getByLabel('Main carer').check();
  });
  await page.getByRole('link', { name: 'People of the family' }).click();
  await page.getByRole('button', { name: 'Add the person' }).click();
  await page.getByLabel('Name').fill('Parent Sample');
  await page.getByLabel('Which of the carers').selectOption('Parent Sample');
  await page.getByRole('button', { name: 'Add the person' }).click();
  await page.getByRole('link', { name: 'Change Parent Sample' }).click();
  await seen('change a person');
  await page.getByLabel('Lives where the child lives').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Back to the record' }).click();
  await list('Couples and their children', 'Add the couple', async () => {
    await page.getByRole('group', { name: 'The couple' }).getByLabel('Parent Sample').check();
    await page.getByRole('group', { name: 'Their children' }).locator('input').first().check();
  });
  await list('Agencies', 'Add the agency', () => page.getByLabel('Name of the agency').fill('school nursing'));
  await list('Ties of the family', 'Add the tie', async () => {
    await page.getByLabel('From').selectOption('Parent Sample');
    await page.getByLabel('To a person').selectOption('school nursing');
    await page.getByLabel('What the tie is like').selectOption('Strong');
  });
}

/** A grade of their own for a sub-area, after asking for nothing. */
export async function judge(page, seen = async () => {}) {
  await page.getByRole('link', { name: 'Your own judgement of an area' }).click();
  await page.getByRole('button', { name: 'Add your judgement' }).click();
  await seen('judgement with errors');
  await page.getByLabel('Area or sub-area').selectOption('A1');
  await page.getByLabel('4', { exact: true }).check();
  await page.getByLabel('Why').fill('Worse at weekends than what could be seen.');
  await page.getByRole('button', { name: 'Add your judgement' }).click();
  await seen('judgement');
  await page.getByRole('link', { name: 'Back to the record' }).click();
}

export async function setTarget(page, seen = async () => {}) {
  await page.getByRole('link', { name: 'Targets and support' }).click();
  await page.getByRole('button', { name: 'Add the target' }).click();
  await seen('target with errors');
  await page.getByLabel('Question').selectOption('A1a');
  await page.getByLabel('2', { exact: true }).check();
  await page.getByLabel('To be looked at again on').fill('2027-03-01');
  await page.getByLabel('Support').fill('Breakfast club.');
  await page.getByRole('button', { name: 'Add the target' }).click();
  await seen('target');
  await page.getByRole('link', { name: 'Back to the record' }).click();
}

/** By a supervisor, to whom the fingerprint was read out. */
export async function grantKeys(page, name, fingerprint, seen = async () => {}) {
  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByLabel(`What ${name}`).fill(fingerprint);
  await seen('accounts of a supervisor');
  await page.getByRole('button', { name: `Grant keys to ${name}` }).click();
}
