// node supervisor.mjs GCP2 [PICTURES]: a supervisor's working day: keys, signing off, dismissing what is
// indicated, records of siblings; without script and with, the signing off by keyboard alone.
// PICTURES: a folder for screenshots.
// Exit 0 nothing found, 1 something found, 77 packages or the browser are not installed.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { played } from './played.mjs';
import { Report } from './report.mjs';
import { Served } from './served.mjs';
import { accessible, grantKeys, logIn, look } from './teacher.mjs';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../../schemas/samples');
const [gcp2, pictures] = process.argv.slice(2);
const report = new Report('supervisor');
const { browser, AxeBuilder, visitor, valid } = await played(report, pictures);
const served = new Served(gcp2);
await served.start();
served.employ('tea', 'practitioner');

/** A child with a signed record and a draft by a teacher, in the supervisor's caseload, too. */
function family(ref, name) {
  const folder = mkdtempSync(join(tmpdir(), 'gcp2-family-'));
  const ids = ['first', 'second'].map((sample) => {
    const record = JSON.parse(readFileSync(join(samples, `${sample}.json`), 'utf8'));
    record.id = randomUUID();
    record.child = { ref, family: `F-${ref}`, name, date_of_birth: record.child.date_of_birth };
    record.review_on = new Date(Date.now() + 60 * 86400e3).toISOString().slice(0, 10);
    writeFileSync(join(folder, `${sample}.json`), JSON.stringify(record));
    return record.id;
  });
  served.run('tea', 'add', join(folder, 'first.json'), join(folder, 'second.json'));
  served.run('tea', 'sign', ids[0], '--by', 'P1');
  served.run('sue', 'share', ref, 'sue', '--reason', 'supervision');
  rmSync(folder, { recursive: true });
}

async function keysGranted(page, name, seen) {
  const made = served.run('adam', 'user', 'add', name, '--role', 'practitioner');
  await grantKeys(page, name, made.match(/\d{4}(?: \d{4})+/)[0], seen);
  const row = page.getByRole('row', { name: new RegExp(`^${name} `) });
  report.expect('keys are granted', (await row.textContent()).includes('Has keys'), await row.textContent());
}

/** By keyboard alone. */
async function signedOff(page, name, seen) {
  const keys = page.keyboard;
  await page.goto(new URL('/children', page.url()).href);
  await page.getByRole('link', { name: 'Waiting for your sign-off' }).focus();
  await keys.press('Enter');
  await page.waitForURL('**/sign-offs');
  await seen('sign-offs');
  await page.getByRole('link', { name: `Report on ${name}` }).focus();
  await keys.press('Enter');
  await page.waitForURL('**/report');
  report.expect('the report says it waits', (await page.content()).includes('Nobody has signed it off yet'), page.url());
  await page.goBack();
  await page.getByRole('link', { name: `Sign off the record of ${name}` }).focus();
  await keys.press('Enter');
  await page.waitForURL('**/sign-off');
  await seen('sign-off');
  await page.getByRole('button', { name: 'Sign off' }).focus();
  await keys.press('Enter');
  await page.locator('.govuk-error-summary').waitFor();
  await seen('sign-off with errors');
  await page.getByRole('link', { name: 'Confirm that you have read' }).focus();
  await keys.press('Enter');
  report.expect('the error leads to its field', await page.locator('#sure').evaluate((box) => box.matches(':focus, :target')), 'elsewhere');
  await page.locator('#sure').focus();
  await keys.press('Space');
  await keys.press('Tab');
  await keys.press('Enter');
  await page.waitForURL('**/sign-offs');
  await seen('sign-offs done');
  report.expect('nothing of the child waits', (await page.getByText(name).count()) === 0, await page.content());
}

/** The child's page says who signed off; the draft has something to be dismissed. */
async function dismissed(page, name, seen) {
  await page.goto(new URL('/children', page.url()).href);
  await page.getByRole('link', { name }).click();
  report.expect('the child’s page says who', (await page.content()).includes('Signed off by sue on '), page.url());
  await seen('child signed off');
  await page.getByRole('link', { name: /Go on/ }).click();
  await page.getByRole('link', { name: 'Check your answers' }).click();
  await seen('check of a supervisor');
  await page.getByRole('link', { name: /^Dismiss/ }).first().click();
  await seen('dismissal');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await seen('dismissal with errors');
  await page.getByLabel('Why you dismiss it').fill('The neighbour was there on both evenings.');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.waitForURL('**/check#indications');
  await seen('check with a dismissal');
  report.expect('who and why', (await page.content()).includes('Dismissed by sue. Reason given: The neighbour'), page.url());
  await page.getByRole('link', { name: /^Take the dismissal back/ }).click();
  await seen('dismissal to be taken back');
  await page.getByRole('button', { name: 'Take the dismissal back' }).click();
  await page.waitForURL('**/check#indications');
  report.expect('taken back', !(await page.content()).includes('Dismissed by'), page.url());
}

/** A sibling who is new is started together; what is seen in one home is entered once. */
async function siblingsStarted(page, ref, name, seen) {
  await page.goto(new URL('/children', page.url()).href);
  await page.getByRole('link', { name }).click();
  await page.getByRole('link', { name: 'Start a record' }).click();
  await page.getByLabel('From').fill('2026-10-05');
  await page.getByLabel('To', { exact: true }).fill('2026-10-23');
  await page.getByText('A sibling who has no record here yet').click();
  await page.getByLabel('Name of the sibling').fill(`${name} the younger`);
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await seen('start with errors in siblings');
  await page.getByLabel('Reference of the sibling').fill(`${ref}-2`);
  await page.getByLabel('When the sibling was born').fill('2022-02-02');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await page.waitForURL('**/records/*');
  await page.getByRole('link', { name: 'Siblings' }).click();
  await seen('siblings');
  await page.getByRole('button', { name: 'Start their records' }).click();
  await seen('siblings with errors');
  await page.getByRole('link', { name: 'Back to the record' }).click();
  await page.getByRole('link', { name: 'Nutrition' }).click();
  await page.locator('#A1a-g4').check();
  await page.locator('#A1a-0-text').fill('The fridge was empty on Monday.');
  await page.locator('#A1a-0-on').fill('2026-10-05');
  await page.getByRole('button', { name: 'Save and copy evidence to siblings' }).click();
  await page.waitForURL('**/siblings/A1');
  await seen('evidence');
  await page.getByRole('button', { name: 'Copy the evidence' }).click();
  await seen('evidence with errors');
  await page.getByLabel(/The fridge was empty/).check();
  await page.getByLabel(`${name} the younger`).check();
  await page.getByRole('button', { name: 'Copy the evidence' }).click();
  await page.getByText('1 copied into the draft').waitFor();
  await seen('evidence copied');
  await page.getByRole('link', { name: 'Go to the list' }).click();
  await page.getByRole('link', { name: 'Siblings' }).click();
  await page.getByRole('link', { name: /Go on/ }).click();
  await page.getByRole('link', { name: 'Nutrition' }).click();
  report.expect('the evidence is there', (await page.locator('#A1a-0-text').inputValue()).startsWith('The fridge'), 'not copied');
  report.expect('the grade is not', (await page.locator('#A1a-g4').isChecked()) === false, 'copied');
}

async function day({ page, seen, ref, name, colleague }) {
  family(ref, name);
  await logIn(page, await served.link(), 'sue');
  await seen('children of a supervisor');
  await keysGranted(page, colleague, seen);
  await signedOff(page, name, seen);
  await dismissed(page, name, seen);
  await siblingsStarted(page, ref, name, seen);
}

try {
  const plain = await visitor({ javaScriptEnabled: false });
  await day({
    page: plain.page,
    ref: 'C-9201',
    name: 'Pat Sample',
    colleague: 'Ben',
    seen: async (name) => {
      await look({ page: plain.page, report, name, pictures });
      const sent = await plain.sent();
      await valid(sent, name);
      report.expect(`${name}: below 20 KB`, sent.length < 20000, `${sent.length} bytes`);
    },
  });
  const { page } = await visitor();
  await day({
    page,
    ref: 'C-9202',
    name: 'Jo Sample',
    colleague: 'Bob',
    seen: (name) => accessible({ page, report, name, AxeBuilder }),
  });
} finally {
  await browser.close();
  await served.stop();
}
process.exit(report.end());
