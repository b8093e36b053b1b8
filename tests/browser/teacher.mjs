// The teacher's way: log in, start a record, answer, check, sign, read the report, log out.
import { passphrase } from './served.mjs';

const brief = (text) => text.replace(/\s+/g, ' ').slice(0, 240);
const widths = [320, 768, 1440];

/** By another program's rules; it needs a page that may run script. */
export async function accessible({ page, report, name, AxeBuilder }) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const { violations, passes } = await new AxeBuilder({ page }).analyze();
    report.expect(`${name}, ${colorScheme}: axe looked`, passes.length > 10, `${passes.length} rules passed`);
    report.check(
      `${name}, ${colorScheme}: axe`,
      violations.flatMap((v) => v.nodes.map((n) => brief(`${v.id}: ${n.html} ${n.failureSummary}`))),
    );
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Nothing sticks out at any width, and a picture of it. */
export async function look({ page, report, name, pictures }) {
  const size = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => {
      const root = document.documentElement;
      if (root.scrollWidth <= root.clientWidth) return [];
      const first = [...document.body.querySelectorAll('*')].find(
        (e) => e.getBoundingClientRect().right > root.clientWidth && !e.closest('.scroll'),
      );
      return [`${root.scrollWidth} px: ${first?.outerHTML}`];
    });
    report.check(`${name}, ${width} px: nothing sticks out`, wide.map(brief));
    if (pictures)
      await page.screenshot({ path: `${pictures}/${name.replace(/\W+/g, '-')}-${width}.png`, fullPage: true });
  }
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
export async function answerAll(page, seen = async () => {}) {
  await page.locator('.govuk-task-list__link[href*="/answers/"]').first().click();
  let pages = 0;
  for (; page.url().includes('/answers/'); pages += 1) {
    if (pages === 0) await seen('questions');
    for (const leaf of await page.locator('section.leaf').all()) {
      await leaf.locator('.grades input').nth(pages % 3).check();
      await leaf.locator('textarea').first().fill(`Seen in week ${pages + 1}.`);
      await leaf.locator('input[type=date]').first().fill('2026-01-20');
    }
    const before = page.url();
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await page.waitForURL((url) => url.href !== before);
    if (pages > 30) break;
  }
  return pages;
}

export async function sign(page) {
  await page.getByLabel('I have read the answers').check();
  await page.getByRole('button', { name: 'Sign the record' }).click();
  await page.waitForURL('**/report');
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
