// Every JSON output of the program on every sample, against its schema with unknown keys refused.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkIndications } from './indications.mjs';

const asOf = ['--as-of', '2026-06-01'];

const nodesBelow = (node) => [
  node.code,
  ...[...(node.sub_areas ?? []), ...(node.items ?? [])].flatMap(nodesBelow),
];

/** Possible sets ascend, and a grade is one of its own set. */
function setProblems(card) {
  const problems = [];
  for (const { node, grade, possible } of card.nodes) {
    if (possible.some((each, i) => i > 0 && each <= possible[i - 1]))
      problems.push(`${node}: possible ${possible} does not ascend`);
    if (grade !== null && !possible.includes(grade))
      problems.push(`${node}: grade ${grade} is none of ${possible}`);
  }
  return problems;
}

export function checkOutputs({ program, root, check, expect, closed, urnOf }) {
  const folder = mkdtempSync(join(tmpdir(), 'gcp2-schemas-'));
  const samples = join(root, 'samples');
  const run = (args, { status = 0, input } = {}) => {
    const done = spawnSync(program, args, { encoding: 'utf8', input, maxBuffer: 64 << 20 });
    const name = `gcp2 ${args.join(' ')}`;
    expect(
      `${name}: exit code`,
      done.status === status,
      `${done.status} instead of ${status}: ${done.stderr}`,
    );
    return done.stdout;
  };
  const parse = (name, text) => {
    try {
      return JSON.parse(text);
    } catch (error) {
      check(`${name}: JSON`, [error.message]);
      return {};
    }
  };
  /** Runs, and checks what comes against the schema of its format. */
  const output = (urn, args, options) => {
    const document = parse(args.join(' '), run(args, options));
    check(`gcp2 ${args.join(' ')}`, [
      ...(urnOf(document) === urn ? [] : [`${document.format} instead of ${urn}`]),
      ...closed(urn, document),
    ]);
    return document;
  };
  const card = (args) => {
    const document = output('urn:gcp2:schema:scorecard:1', ['score', ...args, '--format', 'json']);
    check(`gcp2 score ${args.join(' ')}: sets`, setProblems(document));
    return document;
  };

  try {
    const files = readdirSync(samples).filter(
      (name) =>
        name.endsWith('.json') &&
        name !== 'header.json' &&
        JSON.parse(readFileSync(join(samples, name), 'utf8')).format === 'gcp2/assessment/1',
    );
    const documents = files.map((name) => parse(name, readFileSync(join(samples, name), 'utf8')));
    for (const [i, name] of files.entries()) {
      const path = join(samples, name);
      output('urn:gcp2:schema:findings:1', ['validate', path, '--format', 'json', ...asOf]);
      const full = card([path]);
      expect(`${name}: full card`, 'tipping' in full, 'is compact');
      expect(`${name}: id`, full.assessment === documents[i].id, `${full.assessment}`);
      const compact = card([path, '--only', 'grades']);
      expect(`${name}: compact card`, !('counts' in compact), 'is full');
      const teaching = card([path, '--rule', 'majority']);
      expect(`${name}: another rule`, teaching.instrument_rule === full.rule, 'is not named');
    }

    const lines = documents.map((document) => JSON.stringify(document));
    const bad = JSON.stringify({ ...documents[0], format: 'gcp2/assessment/0' });
    for (const only of [[], ['--only', 'grades']]) {
      const name = `score --ndjson ${only.join(' ')}`;
      const input = `${[...lines, bad, '{"format":', lines[0]].join('\n')}\n`;
      const out = run(['score', '--ndjson', ...only, ...asOf], { status: 1, input })
        .trimEnd()
        .split('\n');
      const given = out.map((line) => parse(name, line));
      expect(`${name}: lines`, given.length === lines.length + 3, `${given.length}`);
      expect(
        `${name}: bad lines`,
        given.flatMap((d, i) => (urnOf(d) === 'urn:gcp2:schema:findings:1' ? [i] : [])).join() ===
          `${lines.length},${lines.length + 1}`,
        'not the findings where they belong',
      );
      for (const [i, document] of given.entries()) {
        check(`${name}: line ${i + 1}`, closed(urnOf(document), document));
        if (document.nodes === undefined) continue;
        check(`${name}: line ${i + 1}: sets`, setProblems(document));
        expect(
          `${name}: line ${i + 1}: kind`,
          'counts' in document === (only.length === 0),
          'is the other',
        );
      }
    }

    // The spreadsheet of samples/ is the first sample in other clothes.
    const csv = [join(samples, 'grades.csv'), '--header', join(samples, 'header.json')];
    output('urn:gcp2:schema:findings:1', ['validate', ...csv, '--format', 'json', ...asOf]);
    const fromJson = card([join(samples, 'first.json')]);
    expect(
      'grades.csv scores like first.json',
      JSON.stringify(card(csv)) === JSON.stringify(fromJson),
      'the cards differ',
    );
    const converted = join(folder, 'converted.json');
    output('urn:gcp2:schema:receipt:1', ['convert', ...csv, converted, '--format', 'json']);
    const document = parse('grades.csv', readFileSync(converted, 'utf8'));
    check('grades.csv as JSON', closed('urn:gcp2:schema:assessment:1', document));

    output('urn:gcp2:schema:instruments-list:1', ['instrument', 'list', '--format', 'json']);
    for (const name of ['gcp', 'gcp2']) {
      const instrument = parse(
        name,
        readFileSync(join(root, 'instruments', `${name}.json`), 'utf8'),
      );
      const codes = instrument.areas.flatMap(nodesBelow);
      const shown = output('urn:gcp2:schema:tree:1', [
        'instrument',
        'show',
        '--of',
        name,
        '--format',
        'json',
      ]);
      expect(
        `gcp2 instrument show --of ${name}: its nodes`,
        shown.id === name && shown.tree?.map((entry) => entry.node).join() === codes.join(),
        'are others',
      );
      for (const code of codes) {
        const args = ['instrument', 'show', code, '--of', name, '--format', 'json'];
        const node = output('urn:gcp2:schema:node:1', args);
        expect(`gcp2 ${args.join(' ')}: node`, node.node === code, `${node.node}`);
      }
      const path = join(root, 'instruments', `${name}.json`);
      output('urn:gcp2:schema:findings:1', ['instrument', 'check', path, '--format', 'json']);
    }
    const overlay = join(root, 'overlays', 'example.json');
    output('urn:gcp2:schema:findings:1', ['instrument', 'overlay', overlay, '--format', 'json']);
    const shown = output('urn:gcp2:schema:node:1', [
      'instrument',
      'show',
      'B1c',
      '--overlay',
      overlay,
      '--format',
      'json',
    ]);
    expect(
      'an overlay shows',
      shown.wording?.[0].descriptors[1].startsWith('Example'),
      'it does not',
    );

    checkIndications({ samples, root, folder, output, expect });

    const signed = join(folder, 'signed.json');
    const amended = join(folder, 'amended.json');
    const first = join(samples, 'first.json');
    output('urn:gcp2:schema:receipt:1', [
      'sign',
      first,
      '--by',
      'P2',
      '--at',
      '2026-02-09T16:00:00Z',
      '--output',
      signed,
      '--format',
      'json',
      ...asOf,
    ]);
    output('urn:gcp2:schema:receipt:1', ['amend', signed, '--output', amended, '--format', 'json']);
    for (const path of [signed, amended])
      check(path, closed('urn:gcp2:schema:assessment:1', parse(path, readFileSync(path, 'utf8'))));
    output(
      'urn:gcp2:schema:findings:1',
      ['sign', signed, '--by', 'P2', '--format', 'json', ...asOf],
      { status: 1 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
