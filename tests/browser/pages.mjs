// node pages.mjs PAGE.html...: opens each page in a browser, as readers have it, and checks it.
// Exit 0 nothing found, 1 something found, 77 packages or the browser are not installed.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Report } from './report.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const executablePath = process.env.GCP2_CHROMIUM ?? '/usr/bin/chromium';

let libraries;
try {
  const [playwright, axe, validate] = await Promise.all([
    import('playwright-core'),
    import('@axe-core/playwright'),
    import('html-validate'),
  ]);
  libraries = { ...playwright, AxeBuilder: axe.AxeBuilder, HtmlValidate: validate.HtmlValidate };
} catch (missing) {
  console.log(`browser: skipped; run npm ci --ignore-scripts in ${here}`);
  console.log(missing.message);
  process.exit(77);
}
if (!existsSync(executablePath)) {
  console.log(`browser: skipped, there is no ${executablePath} (GCP2_CHROMIUM names another)`);
  process.exit(77);
}
const pages = process.argv.slice(2);
if (pages.length === 0 || !pages.every(existsSync)) {
  console.error('usage: node pages.mjs PAGE.html...');
  process.exit(2);
}

const { markup, screens, print } = await import('./checks.mjs');
const report = new Report('browser');
const browser = await libraries.chromium.launch({
  executablePath,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  for (const path of pages) {
    await markup({ path, report, ...libraries });
    await screens({ path, report, browser, ...libraries });
    await print({ path, report, browser });
  }
} finally {
  await browser.close();
}
process.exit(report.end());
