// What gcp2 compare writes, and the files beside it, against their schemas.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokenMappings, brokenStudies, changed } from './breaks.mjs';

const asOf = ['--as-of', '2026-06-01'];

export function checkCompared({ program, root, check, expect, open, closed }) {
  const folder = mkdtempSync(join(tmpdir(), 'gcp2-schemas-'));
  const samples = join(root, 'samples');
  const first = join(samples, 'first.json');
  const second = join(samples, 'second.json');
  const study = join(samples, 'study.json');
  const written = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  /** Runs, and checks what comes against a schema of the outputs. */
  const output = (name, args, status = 0) => {
    const run = spawnSync(program, ['compare', ...args, '--format', 'json', ...asOf], {
      encoding: 'utf8',
    });
    const said = `gcp2 compare ${args.join(' ')}`;
    expect(`${said}: exit code`, run.status === status, `${run.status}: ${run.stderr}`);
    const document = run.stdout ? JSON.parse(run.stdout) : {};
    expect(`${said}: format`, document.format === `gcp2/${name}/1`, document.format);
    check(said, closed(`urn:gcp2:schema:${name}:1`, document));
    return document;
  };
  const withChange = (file, name, change) =>
    written(name, changed(readFileSync(file, 'utf8'), change));

  try {
    const over = output('comparison', [second, first]);
    const points = over.points.map((point) => point.assessment);
    expect('points in order', points[0] === JSON.parse(readFileSync(first, 'utf8')).id, points);
    for (const node of over.nodes)
      for (const key of ['grades', 'statuses', 'possible'])
        expect(`${node.node}: ${key}`, node[key].length === 2, `${node[key].length} points`);
    output('comparison', [first, second, '--noise', study]);
    output('comparison', [first, second, '--rule', 'worst']);
    output('findings', [first, first], 1);
    const other = { '/child/ref': 'C-0202', '/id': '3c9d2f64-8a1b-4e57-b0c6-5d7e9f1a2b31' };
    const sibling = withChange(first, 'sibling.json', { set: other });
    output('findings', [sibling, second], 1);
    output('siblings', ['--siblings', first, second, sibling]);

    // Another version of the instrument, and what makes its records comparable.
    const instrument = withChange(join(root, 'instruments', 'gcp.json'), 'older.json', {
      set: { '/version': '0.9.0', '/rules/0/tie': 'better' },
    });
    const older = withChange(first, 'older-record.json', { set: { '/instrument/version': '0.9.0' } });
    const apart = output('comparison', [older, second, '--instrument', instrument]);
    expect('another digest', !apart.points[0].comparable, 'is compared');
    const digests = apart.points.map((point) => point.instrument.digest);
    const mapping = {
      format: 'gcp2/mapping/1',
      from: digests[0],
      to: digests[1],
      nodes: Object.fromEntries(over.nodes.map(({ node }) => [node, node])),
    };
    check('a mapping', closed('urn:gcp2:schema:mapping:1', mapping));
    const path = written('mapping.json', JSON.stringify(mapping));
    const mapped = output('comparison', [older, second, '--instrument', instrument, '--mapping', path]);
    expect('mapped', mapped.points[0].comparable, 'is not compared');

    const beside = [
      ...brokenStudies.map((b) => ({ ...b, kind: 'study', text: readFileSync(study, 'utf8') })),
      ...brokenMappings.map((b) => ({ ...b, kind: 'mapping', text: JSON.stringify(mapping) })),
    ];
    for (const [i, { kind, says, text, ...change }] of beside.entries()) {
      const broken = changed(text, change);
      const name = `${kind} with ${says}`;
      const refused = open(`urn:gcp2:schema:${kind}:1`, JSON.parse(broken)).length > 0;
      expect(`${name}: schema`, refused, 'the schema takes it');
      const option = kind === 'study' ? '--noise' : '--mapping';
      const file = written(`${i}.json`, broken);
      output('findings', [older, second, '--instrument', instrument, option, file], 1);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
