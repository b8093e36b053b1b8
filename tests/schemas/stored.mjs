// The JSON of a case store on a day's work, against its schemas with unknown keys refused.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const passphrase = 'four quiet words of ours';

export async function checkStored({ program, root, check, expect, closed, urnOf }) {
  const folder = mkdtempSync(join(tmpdir(), 'gcp2-stored-'));
  const at = (name) => join(folder, name);

  /** Runs a part of `gcp2 store`; `answers` go in by file descriptor 3, a recovery key comes back. */
  const run = (args, { status = 0, answers = 1, store = 'records' } = {}) =>
    new Promise((resolve) => {
      const child = spawn(
        program,
        ['store', ...args, '--store', at(store), ...(answers ? ['--passphrase-fd', '3'] : [])],
        { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
      );
      const said = { out: '', err: '' };
      child.stdout.on('data', (data) => (said.out += data));
      child.stderr.on('data', (data) => {
        said.err += data;
        const [, key] = /^ {2}((?:[2-9A-Z]+ )+[2-9A-Z]+)$/m.exec(said.err) ?? [];
        if (key) child.stdio[3].end(`${key}\n`);
      });
      child.stdio[3].on('error', () => {});
      for (let i = 0; i < answers; ++i) child.stdio[3].write(`${passphrase}\n`);
      if (args[0] !== 'init') child.stdio[3].end();
      child.on('close', (code) => {
        expect(
          `gcp2 store ${args.join(' ')}: exit code`,
          code === status,
          `${code} instead of ${status}: ${said.err}`,
        );
        resolve(said.out);
      });
    });
  const conforms = (name, text, urn) => {
    try {
      const document = JSON.parse(text);
      const found = urnOf(document);
      check(name, [...(found === urn ? [] : [`${found} instead of ${urn}`]), ...closed(urn, document)]);
      return document;
    } catch (error) {
      check(`${name}: JSON`, [error.message]);
      return {};
    }
  };
  const output = async (format, args, options) =>
    conforms(
      `gcp2 store ${args.join(' ')}`,
      await run(args, options),
      `urn:gcp2:schema:${format}:1`,
    );
  const json = ['--format', 'json'];
  const employ = async (name, role, store) => {
    const said = await run(['user', 'add', name, '--role', role, '--as', 'adam'], {
      answers: 2,
      store,
    });
    const fingerprint = /(?:\d{4} ){7}\d{4}/.exec(said)?.[0] ?? '';
    await run(['grant', name, '--fingerprint', fingerprint, '--as', 'sue'], { store });
  };

  try {
    for (const store of ['records', 'elsewhere']) {
      await run(['init', '--as', 'sue', '--administrator', 'adam', '--demonstration'], {
        answers: 2,
        store,
      });
      await employ('rex', 'records_manager', store);
    }
    const sample = (name) => join(root, 'samples', name);
    await run(['add', sample('first.json'), sample('second.json'), '--as', 'sue']);
    await output('accounts', ['user', 'list', '--as', 'sue', ...json]);
    const children = await output('children', ['list', '--as', 'sue', ...json]);
    expect('one child is in the caseload', children.children?.length === 1, 'there are others');
    const history = await output('history', ['history', 'C-0101', '--as', 'sue', ...json]);
    expect('both records are in its history', history.records?.length === 2, 'they are not');
    await run(['sign', history.records[0].id, '--off', '--as', 'sue'], { status: 1 });
    const shown = await run(['show', history.records[0].id, '--as', 'sue']);
    expect(
      'a record comes back to the letter',
      JSON.stringify(JSON.parse(shown)) ===
        JSON.stringify(JSON.parse(readFileSync(sample('first.json'), 'utf8'))),
      'it is another',
    );
    const report = await output('report', ['show', '--child', 'C-0101', '--to', 'json', '--as', 'sue']);
    expect('a report says where the log ended', report.log?.entries > 0, 'it does not');
    await run(['history', 'C-0101', '--as', 'rex'], { status: 1 });
    const about = await output('audit', [
      ...['audit', '--child', 'C-0101', '--reason', 'quality_audit', '--account', 'sue'],
      ...['--since', '2026-01-01', '--to', 'json', '--as', 'rex'],
    ]);
    expect(
      'entries are numbered as numbers',
      about.entries?.every(({ number }) => Number.isInteger(number)),
      JSON.stringify(about.entries?.[0]),
    );
    expect(
      'the log names whom a child was given to',
      about.entries?.some(({ table, whom }) => table === 'involvement' && whom === 'sue'),
      'it does not',
    );
    expect(
      'nothing else is in a part of the log',
      about.entries?.every(({ child, name }) => child === children.children[0].id && name === 'sue'),
      'there is',
    );
    await run(['retention', '--set-years', '30', '--as', 'rex']);
    const kept = await output('retention', ['retention', '--as', 'rex', ...json]);
    expect("the years until review are the setting's", kept.years === 30, `they are ${kept.years}`);

    const addressOf = async (store) => {
      const said = await run(['transfer', 'address', '--as', 'rex'], { store });
      return {
        address: /gcp2-[0-9a-f]+/.exec(said)?.[0] ?? '',
        fingerprint: /(?:\d{4} ){7}\d{4}/.exec(said)?.[0] ?? '',
      };
    };
    const here = await addressOf('records');
    const there = await addressOf('elsewhere');
    const meet = (whom, store) =>
      run(
        [
          ...['transfer', 'partner', whom.address, '--fingerprint', whom.fingerprint],
          ...['--name', 'Another School', '--as', 'rex'],
        ],
        { store },
      );
    await meet(there, 'records');
    await meet(here, 'elsewhere');
    await output('partners', ['transfer', 'partners', '--as', 'rex', ...json]);
    const why = ['--reason', 'transfer'];
    await run(
      ['transfer', 'send', 'C-0101', '--to', there.address, '--output', at('bundle'), '--as', 'rex', ...why],
    );
    await run(['receive', at('bundle'), '--output', at('receipt'), '--as', 'rex'], {
      store: 'elsewhere',
    });
    conforms('a receipt', readFileSync(at('receipt'), 'utf8'), 'urn:gcp2:schema:transfer-receipt:1');
    await output('waiting-bundles', ['receive', '--as', 'rex', ...json], { store: 'elsewhere' });
    await output('sent-bundles', ['transfer', 'list', '--as', 'rex', ...json]);
    await run(['transfer', 'receipt', at('receipt'), '--as', 'rex']);
    const sent = await output('sent-bundles', ['transfer', 'list', '--as', 'rex', ...json]);
    expect(
      'the receipt is kept with the bundle',
      `${sent.bundles?.[0]?.receipt}\n` === readFileSync(at('receipt'), 'utf8'),
      'it is not',
    );

    await run(['backup', '--records', at('backup'), '--ring-copy', at('ring-copy'), '--as', 'sue']);
    conforms('a manifest', readFileSync(at('backup.manifest'), 'utf8'), 'urn:gcp2:schema:backup:1');
    await run(['hold', 'C-0101', '--as', 'rex', '--reason', 'legal_hold']);
    await run(['erase', 'C-0101', '--as', 'rex', '--reason', 'retention'], { status: 1 });
    await run(['hold', 'C-0101', '--lift', '--as', 'rex', '--reason', 'hold_over']);
    await run(['erase', 'C-0101', '--as', 'rex', '--reason', 'retention']);
    const asked = await output('erasure-requests', ['erase', '--requests', '--as', 'sue', ...json]);
    expect('the request is listed', asked.requests?.[0]?.ref === 'C-0101', 'it is not');
    await run(['erase', 'C-0101', '--withdraw', '--as', 'sue', '--reason', 'record_mistake']);
    await run(['erase', 'C-0101', '--as', 'rex', '--reason', 'retention']);
    const erased = await output('erasure', [
      ...['erase', 'C-0101', '--confirm', '--as', 'sue', '--reason', 'retention'],
      ...json,
    ]);
    const again = ['erase', '--certificate', erased.child, '--as', 'rex', ...json];
    const given = await output('erasure', again);
    expect(
      'the certificate is given again, without the reference',
      given.ref === undefined && given.rows === erased.rows && given.at === erased.at,
      JSON.stringify(given),
    );
    const log = await output('audit', ['audit', '--to', 'json', '--as', 'rex']);
    expect(
      'the refusals are in the log',
      log.entries?.some(({ outcome }) => outcome === 'refused.held'),
      'they are not',
    );
    const verified = await output('verification', ['verify', ...json], { answers: 0 });
    expect('the store is whole', verified.whole === true, JSON.stringify(verified.flaws));

    const ring = ['--ring', at('records.ring')];
    const store = 'restored';
    await run(['restore', at('backup'), '--as', 'sue', ...ring], { store });
    const uncounted = await output('erasure', [...again, ...ring], { store });
    expect(
      'a log from before the erasure does not count its rows',
      uncounted.rows === null && uncounted.at === erased.at,
      JSON.stringify(uncounted),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
