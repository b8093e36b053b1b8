// node keeper.mjs GCP2 [PICTURES]: an auditor reads the log; a records manager holds, asks for erasures
// and makes backups; a supervisor confirms an erasure. PICTURES: a folder for screenshots.
// Exit 0 nothing found, 1 something found, 77 packages or the browser are not installed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { played } from './played.mjs';
import { Report } from './report.mjs';
import { Served } from './served.mjs';
import { accessible, logIn, look } from './teacher.mjs';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../../schemas/samples');
const [gcp2, pictures] = process.argv.slice(2);
const report = new Report('keeper');
const { browser, AxeBuilder, visitor, valid } = await played(report, pictures);
const copies = mkdtempSync(join(tmpdir(), 'gcp2-copies-'));
const folders = ['ring', 'records'].map((name) => mkdtempSync(join(copies, name)));
const served = new Served(gcp2, { options: ['--ring-copies', folders[0], '--backups', folders[1]] });
await served.start();
for (const [name, role] of [['tea', 'practitioner'], ['rex', 'records_manager'], ['otto', 'auditor']])
  served.employ(name, role);
// Files that are due: of people who are long grown up.
const due = [{ name: 'Olly Sample', ref: 'C-9998' }, { name: 'Oda Sample', ref: 'C-9999' }];
const files = due.map(({ name, ref }) => {
  const record = JSON.parse(readFileSync(join(samples, 'toddler.json'), 'utf8'));
  record.id = record.id.replace(/....$/, ref.slice(2));
  record.child = { ref, name, date_of_birth: '1990-01-02' };
  const file = join(copies, `${ref}.json`);
  writeFileSync(file, JSON.stringify(record));
  return file;
});
served.run('tea', 'add', join(samples, 'teenager.json'), ...files);

async function seen(page, sent, name) {
  await valid(await sent(), name);
  await look({ page, report, name, pictures });
}

/** Reads all, narrows, takes a file away. */
async function audited({ page, sent }, check) {
  await logIn(page, await served.link(), 'otto');
  report.expect('the auditor begins at the log', page.url().endsWith('/log'), page.url());
  await check('log');
  await page.getByText('Show only some days').click();
  await page.getByLabel('Child, as the log names it').fill(due[0].name);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await check('log with errors');
  await page.getByLabel('Child, as the log names it').fill('');
  await page.getByLabel('Name of an account').fill('tea');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await check('part of the log');
  report.expect('what tea did', (await page.content()).includes('Took in a record'), 'nothing');
  report.expect('no name in the address', !page.url().includes('tea'), page.url());
  await page.getByRole('button', { name: 'Take it as CSV' }).click();
  await check('part of the log without a reason');
  await page.getByLabel('Why it is taken away').selectOption('quality_audit');
  for (const [name, start] of [['as CSV', 'number,at,'], ['as JSON', '{']]) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Take it ${name}` }).click(),
    ]);
    report.expect(`the log ${name}`, readFileSync(await download.path(), 'utf8').startsWith(start), 'something else');
  }
  await page.getByLabel('Name of an account').fill('nobody');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await check('nothing in the log');
  await page.getByRole('button', { name: 'Log out' }).click();
}

/** A hold set and lifted, an erasure asked for; a backup. */
async function kept({ page }, check, child) {
  await logIn(page, await served.link(), 'rex');
  report.expect('the records manager begins at retention', page.url().endsWith('/retention'), page.url());
  await check('retention');
  await page.getByLabel('Years after birth').fill('0');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await check('retention with errors');
  await page.getByLabel('Years after birth').fill('20');
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByText('at the age of 20').waitFor();
  await page.getByRole('link', { name: child.name }).click();
  await page.getByRole('button', { name: 'Put under a legal hold' }).click();
  await check('child with errors');
  await page.getByLabel('Why').selectOption('legal_hold');
  await page.getByRole('button', { name: 'Put under a legal hold' }).click();
  await check('child under a hold');
  await page.getByLabel('Why').selectOption('hold_over');
  await page.getByRole('button', { name: 'Lift the hold' }).click();
  await page.getByLabel('Why').selectOption('retention');
  await page.getByRole('button', { name: 'Ask for erasure' }).click();
  await check('child that is to be erased');
  await page.getByRole('link', { name: 'The request' }).click();
  await check('own request');
  await page.getByRole('link', { name: 'Backup' }).click();
  await check('backup');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await page.getByText('Written').first().waitFor();
  await check('backup made');
  await page.getByRole('link', { name: 'Requests for erasure' }).click();
  await check('requests');
  await page.getByRole('button', { name: 'Log out' }).click();
}

/** By the second person: the wrong reference, then the right one; the certificate on paper. */
async function erased({ page }, check, child) {
  await logIn(page, await served.link(), 'sue');
  await page.getByRole('link', { name: 'Requests for erasure' }).click();
  await page.getByRole('link', { name: child.name }).click();
  await check('request');
  await page.getByLabel("The child's reference").fill('C-1');
  await page.getByRole('button', { name: 'Erase for ever' }).click();
  await check('request with errors');
  await page.getByLabel('Why').selectOption('retention');
  await page.getByLabel("The child's reference").fill(child.ref);
  await page.getByLabel('No law, court or enquiry').check();
  await page.getByRole('button', { name: 'Erase for ever' }).click();
  await page.waitForURL('**/certificate');
  await check('certificate');
  await page.emulateMedia({ media: 'print' });
  const shown = await page.locator('.menu, .exit, .govuk-back-link, .on-screen').evaluateAll((all) =>
    all.filter((each) => each.checkVisibility()).map((each) => each.className));
  report.check('the certificate alone is printed', shown);
  if (pictures) await page.screenshot({ path: `${pictures}/certificate-print.png` });
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: 'Requests for erasure' }).first().click();
  await check('no requests');
  await page.getByRole('button', { name: 'Log out' }).click();
}

/** From the link to a request, without a mouse. */
async function byKeyboard({ page }) {
  const keys = page.keyboard;
  await logIn(page, await served.link(), 'rex');
  await page.getByRole('link', { name: due[0].name }).focus();
  await keys.press('Enter');
  await page.waitForURL('**/retention/*');
  await page.getByRole('button', { name: 'Ask for erasure' }).focus();
  await keys.press('Enter');
  await page.locator('.govuk-error-summary').waitFor();
  await keys.press('Tab');
  await keys.press('Enter');
  report.expect('the error leads to the reason', (await page.evaluate(() => document.activeElement.id)) === 'reason', 'elsewhere');
  await page.getByRole('button', { name: 'Log out' }).focus();
  await keys.press('Enter');
  await page.waitForURL('**/log-in');
}

try {
  const script = await visitor();
  await byKeyboard(script);
  const none = await visitor({ javaScriptEnabled: false });
  const plain = (name) => seen(none.page, none.sent, name);
  const again = (name) => accessible({ page: script.page, report, name, AxeBuilder });
  for (const [at, check, child] of [[none, plain, due[0]], [script, again, due[1]]]) {
    await audited(at, check);
    await kept(at, check, child);
    await erased(at, check, child);
  }
} finally {
  await browser.close();
  await served.stop();
  rmSync(copies, { recursive: true });
}
process.exit(report.end());
