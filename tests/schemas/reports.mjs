// Reports of the engine on the sample views against their schema, and what the schema must refuse.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const urn = 'urn:gcp2:schema:report:1';

const breaks = {
  'another format': (report) => (report.format = 'gcp2/report/2'),
  'no identity': (report) => delete report.identity,
  'no language': (report) => (report.language = ''),
  'an unknown kind': (report) => (report.blocks[0].kind = 'banner'),
  'a block without a kind': (report) => delete report.blocks[0].kind,
  'a heading of level 4': (report) => report.blocks.push({ kind: 'heading', level: 4, text: '' }),
  'a cell without a text': (report) =>
    report.blocks.push({ kind: 'table', caption: '', columns: [''], rows: [[{ grade: 2 }]] }),
  'a grade of 0': (report) =>
    report.blocks.push({ kind: 'table', caption: '', columns: [''], rows: [[{ text: '', grade: 0 }]] }),
  'an unknown urgency': (report) =>
    report.blocks.push({ kind: 'notice', urgency: 'loud', title: '', lines: [] }),
};

/** `samples` is the program that writes the sample views of tests/support/views.h. */
export function checkReports({ samples, check, expect, closed, open }) {
  const folder = mkdtempSync(join(tmpdir(), 'gcp2-schemas-'));
  try {
    const done = spawnSync(samples, [folder], { encoding: 'utf8' });
    expect('the sample views are written', done.status === 0, `${done.status}: ${done.stderr}`);
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect('there are reports', files.length > 0, 'none was written');
    const kinds = new Set();
    for (const name of files) {
      const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      check(`report ${name}`, closed(urn, report));
      for (const { kind } of report.blocks) kinds.add(kind);
      const urgent = report.blocks.map(({ urgency }) => urgency === 'urgent');
      expect(
        `report ${name}: urgent first`,
        urgent.lastIndexOf(true) === urgent.filter(Boolean).length - 1,
        `urgent: ${urgent}`,
      );
      for (const block of report.blocks.filter(({ kind }) => kind === 'table'))
        expect(
          `report ${name}: cells`,
          block.rows.every((row) => row.length === block.columns.length),
          'a row has another number than there are columns',
        );
    }
    expect('every kind of block', kinds.size === 7, `only ${[...kinds]}`);
    for (const [says, change] of Object.entries(breaks)) {
      const report = JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8'));
      change(report);
      expect(`report with ${says}: schema`, open(urn, report).length > 0, 'the schema takes it');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
