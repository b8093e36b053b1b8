// node trainer.mjs GCP2 [PICTURES]: a facilitator and twelve trainees, each in a browser of their own;
// one goes by keyboard alone, some without script. PICTURES: a folder for screenshots.
// Exit 0 nothing found, 1 something found, 77 packages or the browser are not installed.
import { played } from './played.mjs';
import { Report } from './report.mjs';
import { passphrase, Served } from './served.mjs';
import { accessible, look } from './teacher.mjs';

const [gcp2, pictures] = process.argv.slice(2);
const report = new Report('trainer');
const { browser, AxeBuilder, visitor: opened, valid } = await played(report, pictures);
const visitor = async (options) => (await opened(options)).page;
const served = new Served(gcp2);
await served.start();
served.employ('tara', 'trainer');
/** A page as it was sent, at every width, and by another program's rules. */
async function seen(page, name) {
  const sent = await (await page.context().request.get(page.url())).text();
  await valid(sent, name);
  report.expect(`${name}: below 20 KB`, sent.length < 20000, `${sent.length} bytes`);
  await look({ page, report, name, pictures });
  await accessible({ page, report, name, AxeBuilder });
}

async function join(page, code, name, arrived = () => page.waitForURL('**/train/room')) {
  await page.goto(new URL('/train', trainings).href);
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByLabel('What you are called here').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await arrived();
}

/** Every page by its buttons; a grade of its own for each trainee. */
async function grade(page, number, look = async () => {}) {
  await page.locator('.govuk-task-list__link').first().click();
  for (let pages = 0; !page.url().endsWith('/train/room') && pages < 40; pages += 1) {
    if (pages === 0) await look();
    for (const leaf of await page.locator('section.leaf').all())
      await leaf.locator('input[type=radio]').nth((pages + (number % 3 === 0 ? 1 : 0)) % 4).check();
    const before = page.url();
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await page.waitForURL((url) => url.href !== before);
  }
}

/** From joining to one page of grades, without a mouse. */
async function byKeyboard(code) {
  const page = await visitor();
  const keys = page.keyboard;
  await page.goto(new URL('/train', trainings).href);
  await page.getByLabel('Code', { exact: true }).focus();
  await keys.press('Enter');
  await page.locator('.govuk-error-summary').waitFor();
  await keys.press('Tab');
  await keys.press('Enter');
  report.expect('the error leads to its field', (await page.evaluate(() => document.activeElement.id)) === 'code', 'elsewhere');
  await keys.type(code.toLowerCase());
  await keys.press('Tab');
  await keys.type('Kim');
  await keys.press('Enter');
  await page.waitForURL('**/train/room');
  await page.locator('.govuk-task-list__link').first().focus();
  await keys.press('Enter');
  await page.waitForURL('**/train/room/1/*');
  await page.locator('section.leaf').first().locator('input[type=radio]').last().focus();
  await keys.press('ArrowDown');
  report.expect('arrows choose', await page.locator('section.leaf input[value="1"]').first().isChecked(), 'not the first');
  await page.getByRole('button', { name: 'Save and go to the list' }).focus();
  await keys.press('Enter');
  await page.waitForURL('**/train/room');
  return page;
}

/** Whoever has lost their browser is asked for their own code, and finds their grades again. */
async function comeBack(lost, code, name) {
  const own = await lost.locator('p strong').first().textContent();
  const page = await visitor({ javaScriptEnabled: false });
  await join(page, code, name, () => page.locator('.govuk-error-summary').waitFor());
  await look({ page, report, name: 'join with a name that is taken', pictures });
  await page.getByLabel('Your own code').fill(own);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL('**/train/room');
  await lost.goto(new URL('/train/room', trainings).href);
  report.expect('the lost browser is out', lost.url().endsWith('/train'), lost.url());
  return page;
}

let trainings;
try {
  const tara = await visitor();
  await tara.goto(await served.link());
  await tara.getByLabel('Name of your account').fill('tara');
  await tara.getByLabel('Passphrase').fill(passphrase);
  await tara.getByRole('button', { name: 'Log in' }).click();
  await tara.waitForURL('**/training');
  trainings = tara.url();
  await seen(tara, 'training');
  await tara.getByRole('button', { name: 'Open the session' }).click();
  await accessible({ page: tara, report, name: 'training with errors', AxeBuilder });
  await tara.locator('input[name=case]').first().check();
  await tara.getByRole('button', { name: 'Open the session' }).click();
  await tara.waitForURL('**/training/*');
  await seen(tara, 'session without trainees');
  const code = (await tara.locator('.code').textContent()).trim();

  const start = await visitor();
  await start.goto(new URL('/train', trainings).href);
  await seen(start, 'join');
  const room = [await byKeyboard(code)];
  for (let number = 1; number < 12; number += 1) {
    const page = await visitor({ javaScriptEnabled: number % 2 === 0 });
    await join(page, code, `Person ${number}`);
    room.push(page);
  }
  await tara.getByText('Trainees: 12').waitFor({ timeout: 20000 });
  room[3] = await comeBack(room[3], code, 'Person 3');
  await seen(room[2], 'grading list');
  for (const [number, page] of room.entries())
    await grade(page, number, number === 2 ? () => seen(page, 'grading') : undefined);
  await tara.getByText('Trainees who have begun: 12').waitFor({ timeout: 20000 });
  await seen(tara, 'session');
  await tara.getByRole('link', { name: 'How the grades spread' }).click();
  await seen(tara, 'spread');
  await tara.getByRole('link', { name: 'The session' }).click();
  report.expect('no marks yet', (await room[1].request.get(new URL('/train/room/1', trainings).href)).status() === 409, 'marks');

  await tara.getByRole('button', { name: 'Close the grading' }).click();
  await tara.getByText('Grading closed').waitFor();
  await seen(tara, 'closed session');
  for (const page of room) {
    await page.goto(new URL('/train/room', trainings).href);
    await page.getByRole('link', { name: /Your marks/ }).click();
    report.expect('each has marks', (await page.locator('h1').count()) === 1, page.url());
  }
  await room[2].goBack();
  await seen(room[2], 'grading closed');
  const address = tara.url();
  for (const [name, start] of [['numbers.html', '<!DOCTYPE html'], ['names.csv', '\uFEFFsubject'], ['numbers.json', '{']]) {
    const file = await tara.request.get(`${address}/report/${name}`);
    report.expect(`the report as ${name}`, (await file.text()).toLowerCase().startsWith(start.toLowerCase()), `${file.status()}`);
  }
  await tara.getByRole('link', { name: 'With numbers in place of names' }).click();
  report.expect('no names for the wall', !(await tara.content()).includes('Person 1'), 'a name');
  await tara.goto(address);
  await tara.getByRole('button', { name: 'End the session' }).click();
  await tara.waitForURL('**/training');
  await room[3].goto(new URL('/train/room', trainings).href);
  report.expect('its trainees are out', room[3].url().endsWith('/train'), room[3].url());
} finally {
  await browser.close();
  await served.stop();
}
process.exit(report.end());
