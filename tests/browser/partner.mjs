// node partner.mjs GCP2 [PICTURES]: a partner agency's worker reads what a supervisor in Sandwell shared, and
// no more; then the child's records go to a school in Dudley. PICTURES: a folder for screenshots.
// Exit 0 nothing found, 1 something found, 77 packages or the browser are not installed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { played } from './played.mjs';
import { Report } from './report.mjs';
import { Served } from './served.mjs';
import { accessible, logIn, look } from './teacher.mjs';

const [gcp2, pictures] = process.argv.slice(2);
const report = new Report('partner');
const { browser, AxeBuilder, visitor, valid } = await played(report, pictures);
const sandwell = new Served(gcp2);
const dudley = new Served(gcp2);
const files = mkdtempSync(join(tmpdir(), 'gcp2-partner-'));

/** Somebody who is logged in, and looks at every state of a page. */
async function worker(served, name) {
  const { page, sent } = await visitor();
  await logIn(page, await served.link(), name);
  const seen = async (state) => {
    const html = await sent();
    await valid(html, state);
    report.expect(`${state}: below 20 KB`, html.length < 20000, `${html.length} bytes`);
    await look({ page, report, name: state, pictures });
    await accessible({ page, report, name: state, AxeBuilder });
  };
  return { page, seen };
}

async function lookUp(page, ref, reason) {
  await page.goto(new URL('/children', page.url()).href);
  await page.getByLabel("The child's reference").fill(ref);
  await page.getByLabel('Why you look').selectOption(reason);
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.waitForURL(/children\/[0-9a-f-]{36}$/);
}

/** What a click saves as a file. */
async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  const path = join(files, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

const refused = async (page, path) => (await page.request.get(new URL(path, page.url()).href)).status();

async function shared({ page, seen }) {
  await lookUp(page, 'C-0101', 'supervision');
  await page.getByRole('link', { name: 'Who works with this child' }).click();
  await seen('people');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await seen('people with errors');
  await page.getByLabel('Person').selectOption('rita');
  await page.locator('#shared_until').fill(new Date(Date.now() + 30 * 86400e3).toISOString().slice(0, 10));
  await page.getByLabel('Why it is shared').selectOption('sharing_agreement');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByLabel('Colleague').selectOption('tom (practitioner)');
  await page.getByRole('button', { name: 'Put into the caseload' }).click();
  await seen('people with a share');
}

/** Every button and link that a reader is shown leads to reading, or out. */
async function changesNothing(page, name) {
  const ways = await page.evaluate(() => [
    ...[...document.querySelectorAll('form')].map((form) => new URL(form.action).pathname),
    ...[...document.querySelectorAll('main a')].map((link) => new URL(link.href).pathname),
  ]);
  const writes = ways.filter((way) => !/^\/(log-out|children|reviews)?$|\/compare$|\/report(\.pdf)?$|^\/children\/[^/]+(\/records)?$/.test(way));
  report.check(`${name}: nothing that writes`, writes);
}

async function read({ page, seen }, other) {
  await changesNothing(page, 'children of a reader');
  await seen('children of a reader');
  report.expect('one child alone', (await page.locator('table a').count()) === 1, await page.locator('table').innerText());
  await page.getByRole('link', { name: 'Robin Example' }).click();
  await changesNothing(page, 'child of a reader');
  await seen('child of a reader');
  const child = new URL(page.url()).pathname;
  const html = await page.getByRole('link', { name: /^Report/ }).first().getAttribute('href');
  const pdf = await page.request.get(new URL(`${html}.pdf`, page.url()).href);
  report.expect('the report on paper', (await pdf.body()).subarray(0, 5).toString() === '%PDF-', `${pdf.status()}`);
  await page.goto(new URL(html, page.url()).href);
  report.expect('the report', (await page.locator('h1').count()) === 1, page.url());
  await page.goto(new URL(child, page.url()).href);
  await page.getByRole('link', { name: 'Compare records' }).click();
  await page.getByRole('button', { name: 'Compare' }).click();
  await changesNothing(page, 'compared by a reader');
  report.expect('records are compared', (await page.content()).includes('Worsened'), page.url());
  const records = html.replace(/\/report$/, '');
  for (const path of [other, `${other}/compare`, `${child}/people`, `${child}/send`, `${child}/start`, records, `${records}/check`, '/transfer', '/accounts'])
    report.expect(`no ${path}`, (await refused(page, path)) === 403, 'it is there');
  await page.goto(new URL(other, page.url()).href);
  report.expect('refused without a name', !(await page.content()).includes('Alex'), await page.content());
  await seen('a child that was not shared');
  return child;
}

async function ended({ page }, reader, child) {
  await page.getByRole('button', { name: 'End now for rita' }).click();
  await reader.page.goto(new URL(child, reader.page.url()).href);
  report.expect('what is ended is over', (await reader.page.content()).includes('no longer is'), reader.page.url());
  await reader.page.goto(new URL('/children', reader.page.url()).href);
  await reader.seen('no children of a reader');
}

async function met(one, other, name) {
  for (const { page } of [one, other]) {
    await page.getByRole('link', { name: 'Transfer' }).first().click();
    await page.getByRole('link', { name: /Other settings/ }).click();
  }
  const [address, fingerprint] = await other.page.locator('dd').allInnerTexts();
  await one.page.getByRole('button', { name: 'Confirm this setting' }).click();
  await one.seen(`confirming ${name} with errors`);
  await one.page.getByLabel('What they are called').fill(name);
  await one.page.getByLabel('Their address').fill(address);
  await one.page.getByLabel('The fingerprint that they read out').fill(fingerprint);
  await one.page.getByRole('button', { name: 'Confirm this setting' }).click();
  await one.seen(`${name} is confirmed`);
}

async function sent({ page, seen }) {
  await page.getByRole('link', { name: 'Transfer' }).first().click();
  await seen('transfer before anything');
  await lookUp(page, 'C-0101', 'transfer');
  await page.getByRole('link', { name: 'Send the records' }).click();
  await page.getByRole('button', { name: 'Make the file' }).click();
  await seen('send with errors');
  await page.getByLabel('Send to').selectOption('A School in Dudley');
  await page.getByLabel('Why they are sent').selectOption('transfer');
  const file = await saved(page, () => page.getByRole('button', { name: 'Make the file' }).click());
  report.expect('its name says nothing', /\/bundle-[0-9a-f-]{36}\.gcp2$/.test(file), file);
  report.expect('nor its bytes', !readFileSync(file, 'latin1').includes('Robin'), 'a name');
  await page.getByRole('link', { name: 'Transfer' }).first().click();
  await seen('sent without a receipt');
  return file;
}

async function received({ page, seen }, file) {
  await page.getByRole('link', { name: 'Transfer' }).first().click();
  const take = async (path) => {
    if (path) await page.getByLabel("The file with the child's records").setInputFiles(path);
    await page.getByRole('button', { name: 'Take it in' }).click();
  };
  await take();
  await seen('receive with errors');
  const damaged = join(files, 'damaged <b>.gcp2');
  writeFileSync(damaged, Buffer.concat([readFileSync(file), Buffer.from('x')]));
  await take(damaged);
  report.expect('a damaged one is not taken', (await page.content()).includes('Nothing was taken in'), page.url());
  await take(file);
  await page.waitForURL('**/transfer/received/*');
  await seen('received');
  return saved(page, () => page.getByRole('link', { name: 'Save the receipt' }).click());
}

async function accepted({ page, seen }) {
  await page.getByRole('link', { name: 'Transfer' }).first().click();
  await seen('transfer of a supervisor');
  await page.getByRole('link', { name: 'Robin Example' }).click();
  await page.getByRole('button', { name: 'Turn the records down' }).click();
  await seen('turn down with errors');
  await page.getByRole('button', { name: 'Accept the records' }).click();
  await page.waitForURL('**/children/*');
  report.expect('the records are here', (await page.getByRole('link', { name: /^Report/ }).count()) === 2, page.url());
}

async function confirmed({ page, seen }, receipt) {
  await page.getByRole('button', { name: 'Keep it' }).click();
  await seen('receipt with errors');
  await page.getByLabel("The receipt's file").setInputFiles(receipt);
  await page.getByRole('button', { name: 'Keep it' }).click();
  await page.waitForURL('**/transfer');
  report.expect('the receipt is kept', !(await page.content()).includes('No receipt yet'), 'none');
  await seen('sent with a receipt');
}

try {
  await Promise.all([sandwell.start(), dudley.start()]);
  for (const served of [sandwell, dudley]) served.employ('rex', 'records_manager');
  sandwell.employ('tea', 'practitioner');
  sandwell.employ('tom', 'practitioner');
  sandwell.employ('rita', 'reader');
  sandwell.add('tea', 'toddler');
  sandwell.sign('tea');

  const tea = await worker(sandwell, 'tea');
  const other = await tea.page.getByRole('link', { name: 'Alex Example' }).getAttribute('href');
  const sue = await worker(sandwell, 'sue');
  await shared(sue);
  const rita = await worker(sandwell, 'rita');
  await ended(sue, rita, await read(rita, other));

  const here = await worker(sandwell, 'rex');
  const there = await worker(dudley, 'rex');
  await met(here, there, 'A School in Dudley');
  await met(there, here, 'A School in Sandwell');
  const receipt = await received(there, await sent(here));
  await accepted(await worker(dudley, 'sue'));
  await confirmed(here, receipt);
} finally {
  await browser.close();
  await Promise.all([sandwell.stop(), dudley.stop()]);
  rmSync(files, { recursive: true });
}
process.exit(report.end());
