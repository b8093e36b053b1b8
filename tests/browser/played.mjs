// What every journey through the browser form needs: other people's programs, a browser, and what a
// page is held to.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const executablePath = process.env.GCP2_CHROMIUM ?? '/usr/bin/chromium';

/** Ends the program with 77 where something is not installed. `pictures`: a folder to make. */
export async function played(report, pictures) {
  let chromium, AxeBuilder, HtmlValidate;
  try {
    ({ chromium } = await import('playwright-core'));
    ({ AxeBuilder } = await import('@axe-core/playwright'));
    ({ HtmlValidate } = await import('html-validate'));
  } catch (missing) {
    console.log(`browser: skipped; run npm ci --ignore-scripts in ${here}\n${missing.message}`);
    process.exit(77);
  }
  if (!existsSync(executablePath)) {
    console.log(`browser: skipped, there is no ${executablePath} (GCP2_CHROMIUM names another)`);
    process.exit(77);
  }
  if (pictures) mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended'],
    rules: {
      'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
      'long-title': 'off',
      'no-implicit-button-type': 'off',
      'no-redundant-role': 'off',
      'no-trailing-whitespace': 'off',
      'prefer-native-element': 'off',
    },
  });

  /** A browser of its own; everything that it says, and every request that leaves the machine, fails. */
  async function visitor(options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => report.expect('no error on a page', false, error.message));
    page.on('console', (said) => {
      if (said.type() === 'error' && !/status of 4|favicon|ERR_/.test(said.text()))
        report.expect('nothing said', false, said.text());
    });
    context.on('request', (request) => {
      if (!/^(http:\/\/127\.0\.0\.1:|data:)/.test(request.url()))
        report.expect('no request elsewhere', false, request.url());
    });
    // As it was sent: what a browser gives back is no longer as it was written.
    let document;
    page.on('response', (response) => {
      if (response.request().isNavigationRequest()) document = response;
    });
    return { context, page, sent: async () => document.text() };
  }

  async function valid(html, name) {
    const { results } = await validator.validateString(html);
    report.check(
      `${name}: html-validate`,
      results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`)),
    );
  }

  return { browser, AxeBuilder, visitor, valid };
}
