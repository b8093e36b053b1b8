// What a page is held to: valid HTML without a script, accessible however it is looked at, no
// request, and on paper every page named and nothing cut off.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';

const brief = (text) => text.replace(/\s+/g, ' ').slice(0, 200);

export async function markup({ path, report, HtmlValidate }) {
  const name = basename(path);
  const html = readFileSync(path, 'utf8');
  report.expect(`${name}: no script`, !/<script/i.test(html), 'holds <script');
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: {
      // Long words of people's own are no reason to refuse a page; nor is a long title.
      'long-title': 'off',
    },
  });
  const result = await validator.validateString(html);
  report.check(
    `${name}: html-validate`,
    result.results.flatMap(({ messages }) =>
      messages.map((m) => brief(`${m.line}:${m.column} ${m.ruleId}: ${m.message}`)),
    ),
  );
}

const views = {
  desktop: {},
  tablet: { viewport: { width: 768, height: 1024 } },
  'narrow (320 px)': { viewport: { width: 320, height: 640 } },
  dark: { colorScheme: 'dark' },
  'forced colours': { forcedColors: 'active' },
  print: { media: 'print' },
};

/** Text of 200 %, as a reader who sets a larger font has it. */
const doubled = ':root { font-size: 200% !important; }';

async function withPage({ browser, path, context = {} }, use) {
  const { media, ...options } = context;
  const opened = await browser.newContext(options);
  try {
    const requests = [];
    await opened.route('**/*', (route) => {
      requests.push(route.request().url());
      return route.continue();
    });
    const page = await opened.newPage();
    const said = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('dialog', (dialog) => {
      said.push(`a dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    if (media) await page.emulateMedia({ media });
    const url = pathToFileURL(path).href;
    await page.goto(url, { waitUntil: 'load' });
    await use(page);
    return { others: requests.filter((each) => each !== url), said };
  } finally {
    await opened.close();
  }
}

/** What is wider than the window and does not scroll by itself. */
const sticksOut = (page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].find(
      (e) => e.getBoundingClientRect().right > root.clientWidth && !e.closest('.scroll'),
    );
    return [`${root.scrollWidth} px in a window of ${root.clientWidth}: ${wide?.outerHTML}`];
  });

export async function screens({ path, report, browser, AxeBuilder }) {
  for (const [look, context] of Object.entries(views)) {
    const name = `${basename(path)}, ${look}`;
    const { others, said } = await withPage({ browser, path, context }, async (page) => {
      const { violations, passes } = await new AxeBuilder({ page }).analyze();
      report.expect(`${name}: axe looked`, passes.length > 10, `${passes.length} rules passed`);
      report.check(
        `${name}: axe`,
        violations.flatMap((v) => v.nodes.map((n) => brief(`${v.id}: ${n.html} ${n.failureSummary}`))),
      );
      report.check(`${name}: nothing sticks out`, (await sticksOut(page)).map(brief));
      if (look.startsWith('narrow')) {
        await page.addStyleTag({ content: doubled });
        report.check(`${name}, text of 200 %`, (await sticksOut(page)).map(brief));
      }
      if (look === 'desktop') await keyboard(page, name, report);
      if (look !== 'print') await urgentFirst(page, name, report);
      await letterSize(page, name, report);
    });
    report.check(`${name}: no request`, others);
    report.check(`${name}: nothing said`, said);
  }
}

/** The first stop is the skip link, and it leads to the report. */
async function keyboard(page, name, report) {
  await page.keyboard.press('Tab');
  const link = await page.evaluate(() => {
    const { left, top } = document.activeElement.getBoundingClientRect();
    return { href: document.activeElement.getAttribute('href'), seen: left >= 0 && top >= 0 };
  });
  report.expect(`${name}: skip link`, link.href === '#report' && link.seen, JSON.stringify(link));
  await page.keyboard.press('Enter');
  const id = await page.evaluate(() => document.activeElement.id);
  report.expect(`${name}: skip link leads`, id === 'report', `the focus is on ${id}`);
}

async function urgentFirst(page, name, report) {
  const order = await page.evaluate(() => {
    const notices = [...document.querySelectorAll('.urgent')];
    const main = document.querySelector('main');
    return notices.every((notice, i) => main.children[i] === notice);
  });
  report.expect(`${name}: urgent notices first`, order, 'something stands before');
}

/** Large print has no text below 18 points (24 px), pictures aside: their sentence stands below. */
async function letterSize(page, name, report) {
  const small = await page.evaluate(() => {
    if (!document.documentElement.classList.contains('large')) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((e) => !e.closest('svg') && e.textContent && getComputedStyle(e).display !== 'none')
      .map((e) => [e, parseFloat(getComputedStyle(e).fontSize)])
      .filter(([, size]) => size < 24)
      .map(([e, size]) => `${size} px: ${e.outerHTML}`);
  });
  report.check(`${name}: large print`, small.map(brief));
}

/** As paper: text of each page by other people's program. */
export async function print({ path, report, browser }) {
  const name = `${basename(path)} on paper`;
  await withPage({ browser, path }, async (page) => {
    const identity = await page.evaluate(() => document.querySelector('footer')?.innerText ?? '');
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const read = spawnSync('pdftotext', ['-raw', '-', '-'], {
      input: pdf,
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    });
    report.expect(`${name}: pdftotext`, read.status === 0, read.stderr || `${read.error}`);
    const pages = (read.stdout ?? '').split('\f').slice(0, -1);
    const letters = (text) => text.replace(/[^A-Za-z0-9]/g, '');
    const start = letters(identity).slice(0, 24);
    report.check(
      `${name}: ${pages.length} pages, each named and numbered`,
      pages.flatMap((text, i) => [
        ...(start && letters(text).slice(0, 200).includes(start) ? [] : [`${i + 1}: no ${start}`]),
        ...(text.includes(`${i + 1} / ${pages.length}`) ? [] : [`${i + 1}: no number`]),
      ]),
    );
    await page.emulateMedia({ media: 'print' });
    // The width that A4 leaves for text, in px of CSS.
    await page.setViewportSize({ width: Math.floor(((210 - 32) / 25.4) * 96), height: 1000 });
    report.check(`${name}: nothing is cut off`, (await sticksOut(page)).map(brief));
  });
}
