// node serve.mjs GCP2 [PICTURES]: plays the browser form in a browser, without script and with, by
// keyboard, and with the connection gone. PICTURES: a folder for screenshots.
// Exit 0 nothing found, 1 something found, 77 packages or the browser are not installed.
import { played } from './played.mjs';
import { Report } from './report.mjs';
import { Served } from './served.mjs';
import {
  accessible,
  answerAll,
  describeFamily,
  grantKeys,
  judge,
  logIn,
  look,
  setTarget,
  sign,
  startRecord,
} from './teacher.mjs';

const [gcp2, pictures] = process.argv.slice(2);
const report = new Report('serve');
const { browser, AxeBuilder, visitor, valid } = await played(report, pictures);
const served = new Served(gcp2);
await served.start();
for (const name of ['tea', 'new']) served.employ(name, 'practitioner');
served.add('tea', 'toddler', 'teenager');
served.sign('tea');

/** A word of 200 letters, as nobody has it and everything has to bear it. */
const long = `Sam${'ple'.repeat(66)}`.slice(0, 200);

/** All the way by its buttons; each state of a page is looked at by `seen`. */
async function wholeWay(page, ref, name, seen, evidence) {
  await logIn(page, await served.link(), 'tea', seen);
  await seen('children');
  await page.goto(new URL('/reviews', page.url()).href);
  await seen('reviews');
  await page.goto(new URL('/children', page.url()).href);
  await startRecord(page, ref, name, seen);
  await seen('record');
  await page.getByRole('link', { name: 'Check your answers' }).click();
  await seen('check of nothing');
  await page.getByRole('link', { name: 'Back to the record' }).click();
  await describeFamily(page, seen);
  await judge(page, seen);
  await setTarget(page, seen);
  const pages = await answerAll(page, seen, evidence);
  report.expect('every sub-area has a page', pages >= 10, `${pages} pages`);
  await seen('check');
  await sign(page);
  report.expect('the report is there', (await page.locator('h1').count()) === 1, page.url());
  const pdf = await page.request.get(page.url().replace(/report$/, 'report.pdf'));
  report.expect('the report on paper', (await pdf.body()).subarray(0, 5).toString() === '%PDF-', `${pdf.status()}`);
  await page.goto(new URL('/children', page.url()).href);
  await page.getByRole('link', { name }).click();
  await seen('child');
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL('**/log-in');
  await page.goBack();
  report.expect('going back shows nobody', !(await page.content()).includes(name), page.url());
}

/** Where there is nobody and nothing yet, and a record of which nothing is graded. */
async function empty(page, seen, ref, name) {
  await logIn(page, await served.link(), 'new');
  await seen('no children');
  await page.getByRole('button', { name: 'Look up' }).click();
  await seen('no child looked up');
  await page.goto(new URL('/reviews', page.url()).href);
  await seen('no reviews');
  await page.goto(new URL('/children', page.url()).href);
  await startRecord(page, ref, name);
  await page.getByRole('link', { name: name }).click();
  await seen('child without a signed record');
  await page.getByRole('link', { name: /Go on/ }).click();
  await page.getByRole('link', { name: 'Check your answers' }).click();
  await page.getByLabel('I have read the answers').check();
  await page.getByRole('button', { name: 'Sign the record' }).click();
  await seen('nothing graded');
  await sign(page, true);
  await page.goto(new URL('/children', page.url()).href);
  await page.getByRole('link', { name: name }).click();
  await seen('child without a grade');
  await page.getByRole('button', { name: 'Log out' }).click();
}

/** A child's page and their records side by side; every picture is there. */
async function lookedBack(page, seen) {
  await logIn(page, await served.link(), 'tea');
  await page.getByRole('link', { name: 'Robin Example' }).click();
  await seen('child over time');
  // Each is waited for: it is drawn by the server, after the page.
  const drawn = async () =>
    page.locator('img.picture').evaluateAll((all) =>
      Promise.all(all.map(async (each) => {
        await each.decode().catch(() => {});
        return each.naturalWidth > 100;
      })));
  const pictures = await drawn();
  report.expect('pictures of grades, family and network', pictures.length === 3 && pictures.every(Boolean), `${pictures}`);
  await page.getByRole('link', { name: 'Compare records' }).click();
  await page.getByLabel(/20 April 2026/).uncheck();
  await page.getByRole('button', { name: 'Compare' }).click();
  await seen('compare with errors');
  await page.getByLabel(/20 April 2026/).check();
  await page.getByRole('button', { name: 'Compare' }).click();
  await seen('compared');
  report.expect('what worsened is named', (await page.content()).includes('Worsened'), 'not said');
  report.expect('the picture of it', (await drawn()).every(Boolean), 'not drawn');
}

/** An account is made by one and granted its keys by another, who has its fingerprint read out. */
async function administered(page, seen, name) {
  await logIn(page, await served.link(), 'adam');
  await seen('accounts');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await seen('accounts with errors');
  await page.getByLabel('Name to log in with').fill(name);
  await page.getByLabel('Role').selectOption('practitioner');
  await page.getByLabel('New passphrase').fill('other quiet words of theirs');
  await page.getByLabel('The same once more').fill('other quiet words of theirs');
  await page.getByRole('button', { name: 'Make the account' }).click();
  const row = page.getByRole('row', { name: new RegExp(`^${name} `) });
  const fingerprint = (await row.textContent()).match(/\d{4}(?: \d{4})+/)[0];
  await page.getByRole('link', { name: /passphrase/ }).click();
  await seen('passphrase');
  await page.getByRole('button', { name: 'Log out' }).click();
  await logIn(page, await served.link(), 'sue');
  await grantKeys(page, name, fingerprint, seen);
  report.expect('keys are granted', (await row.textContent()).includes('Has keys'), await row.textContent());
  await page.getByRole('button', { name: 'Log out' }).click();
}

async function withoutScript() {
  const { context, page, sent } = await visitor({ javaScriptEnabled: false });
  const seen = async (name) => {
    await look({ page, report, name, pictures });
    await valid(await sent(), name);
  };
  await empty(page, seen, 'C-9004', 'Nobody Sample');
  await wholeWay(page, 'C-9001', long, seen, long);
  await lookedBack(page, seen);
  await page.getByRole('button', { name: 'Log out' }).click();
  await administered(page, seen, long.slice(0, 64));
  await context.close();
}

async function withScriptAllTheWay() {
  const { context, page } = await visitor();
  const seen = (name) => accessible({ page, report, name, AxeBuilder });
  await empty(page, seen, 'C-9005', 'Nemo Sample');
  await wholeWay(page, 'C-9003', 'Sid Sample', seen);
  await lookedBack(page, seen);
  await page.getByRole('button', { name: 'Log out' }).click();
  await administered(page, seen, 'Bob');
  await context.close();
}

/** With script: saved at every change, and nothing is lost while the connection is gone. */
async function withScript() {
  const { context, page } = await visitor();
  await logIn(page, await served.link(), 'tea');
  await startRecord(page, 'C-9002', 'Kit Sample');
  await page.getByRole('link', { name: 'Nutrition' }).click();
  const saved = page.locator('[data-saved]');
  await page.locator('#A1a-g3').check();
  await saved.filter({ hasText: 'All answers are saved' }).waitFor();
  await context.setOffline(true);
  await page.locator('#A1b-g4').check();
  await saved.filter({ hasText: 'Not saved yet' }).waitFor();
  await accessible({ page, report, name: 'not saved', AxeBuilder });
  await context.setOffline(false);
  await saved.filter({ hasText: 'All answers are saved' }).waitFor({ timeout: 20000 });
  const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
  report.expect('nothing in the browser', kept === 0, `${kept} entries`);
  await page.reload();
  report.expect('both are kept', (await page.locator('.grades input:checked').count()) === 2, 'lost');
  await context.close();
}

/** Somebody else logs in in another tab: what the first one goes on typing is not saved as theirs. */
async function anotherPerson() {
  const { context, page } = await visitor();
  await logIn(page, await served.link(), 'tea');
  await startRecord(page, 'C-9006', 'Kim Sample');
  served.run('sue', 'share', 'C-9006', 'new', '--reason', 'cover');
  await page.getByRole('link', { name: 'Nutrition' }).click();
  const saved = page.locator('[data-saved]');
  const tab = await context.newPage();
  const turn = async (name) => {
    await tab.goto(new URL('/children', page.url()).href);
    await tab.getByRole('button', { name: 'Log out' }).click();
    await logIn(tab, await served.link(), name);
    await tab.goto(page.url());
  };
  await turn('new');
  await page.locator('#A1a-g5').check();
  await saved.filter({ hasText: 'somebody else is logged in' }).waitFor();
  await accessible({ page, report, name: 'somebody else', AxeBuilder });
  await tab.reload();
  report.expect('nothing is saved as theirs', (await tab.locator('.grades input:checked').count()) === 0, 'saved');
  await turn('tea');
  await page.locator('#A1b-g4').check();
  await saved.filter({ hasText: 'All answers are saved' }).waitFor();
  await tab.reload();
  report.expect('all of it is, as their own', (await tab.locator('.grades input:checked').count()) === 2, 'lost');
  await context.close();
}

/** By keyboard alone, from the link to an answer. */
async function byKeyboard() {
  const { context, page } = await visitor();
  const keys = page.keyboard;
  await page.goto(await served.link());
  await keys.press('Tab');
  await keys.press('Enter');
  report.expect('skip link', (await page.evaluate(() => document.activeElement.id)) === 'main', 'leads elsewhere');
  await page.getByLabel('Name of your account').focus();
  await keys.press('Enter');
  await page.locator('.govuk-error-summary').waitFor();
  const focused = await page.evaluate(() => document.activeElement.className);
  report.expect('the focus is on what is wrong', focused === 'govuk-error-summary', focused);
  await keys.press('Tab');
  await keys.press('Enter');
  report.expect('and leads to the field', (await page.evaluate(() => document.activeElement.id)) === 'name', 'elsewhere');
  await keys.type('tea');
  await keys.press('Tab');
  await keys.type('four quiet words of ours');
  await keys.press('Enter');
  await page.waitForURL('**/children');
  await page.getByRole('link', { name: 'Kit Sample' }).focus();
  await keys.press('Enter');
  await page.waitForURL('**/children/*');
  await page.getByRole('link', { name: /Go on/ }).first().focus();
  await keys.press('Enter');
  await page.waitForURL('**/records/*');
  await page.getByRole('link', { name: 'Housing' }).focus();
  await keys.press('Enter');
  await page.locator('#A2a').focus();
  await keys.press('Space');
  await keys.press('ArrowDown');
  await page.locator('[data-saved]').filter({ hasText: 'All answers are saved' }).waitFor();
  report.expect('arrows choose', await page.locator('#A2a-g2').isChecked(), 'another grade');
  await context.close();
}

try {
  await withoutScript();
  await withScriptAllTheWay();
  await withScript();
  await anotherPerson();
  await byKeyboard();
} finally {
  await browser.close();
  await served.stop();
}
process.exit(report.end());
