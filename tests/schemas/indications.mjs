// What `gcp2 indicate` writes: its format, its order, and 999 before everything else.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const levels = ['urgent', 'concern', 'watch', 'strength'];
const asOf = ['--as-of', '2026-06-20', '--format', 'json'];

export function checkIndications({ samples, root, folder, output, expect }) {
  const indicate = (...args) =>
    output('urn:gcp2:schema:indications:1', ['indicate', ...args, ...asOf]);
  const sample = (name) => join(samples, name);
  const ordered = ({ indications }) =>
    indications.every(
      (each, i) => i === 0 || levels.indexOf(indications[i - 1].level) <= levels.indexOf(each.level),
    );
  const keys = ['id', 'level', 'types', 'says', 'basis', 'nodes'];

  const calm = [
    indicate(sample('first.json'), sample('second.json')),
    indicate(sample('toddler.json')),
    indicate(sample('unborn.json'), '--locality', 'sandwell'),
    indicate(sample('teenager.json'), '--locality', join(root, 'localities', 'dudley.json')),
  ];
  for (const [i, document] of calm.entries()) {
    expect(`indications ${i}: order`, ordered(document), 'is another');
    expect(`indications ${i}: urgent`, !('first' in document), 'nothing is urgent');
    expect(
      `indications ${i}: keys`,
      document.indications.every((each) => keys.every((key, k) => Object.keys(each)[k] === key)),
      'are others',
    );
  }

  const bad = JSON.parse(readFileSync(sample('second.json'), 'utf8'));
  bad.observations.find(({ node }) => node === 'B2').grade = 5;
  bad.dismissed = [{ indication: 'any_5', by: 'P2', reason: 'the family has moved in with kin' }];
  bad.earlier = ['00000000-0000-4000-8000-000000000009'];
  bad.consent = { state: 'refused', reason: 'not now' };
  const path = join(folder, 'bad.json');
  writeFileSync(path, JSON.stringify(bad));
  const urgent = indicate(path, '--locality', 'dudley', '--known', sample('first.json'));
  expect('urgent: the second key', Object.keys(urgent)[1] === 'first', 'is not "first"');
  expect('urgent: the line', /999.*0300 555 0050/.test(urgent.first), urgent.first);
  expect('urgent: dismissed', urgent.indications[0].dismissed?.by === 'P2', 'is not kept');
  expect(
    'urgent: both profiles',
    urgent.indications.find(({ id }) => id === 'start_again').steps.length === 2,
    'are not named',
  );

  const local = join(folder, 'rules.json');
  const about = (id, when) => ({ id, level: 'watch', says: 'A sentence.', basis: 'local', when });
  writeFileSync(
    local,
    JSON.stringify({
      format: 'gcp2/indication-rules/1',
      id: 'ours',
      version: '1',
      extends: 'default',
      rules: [
        about('young', { age: { to: 200 } }),
        about('refused', { consent: 'refused' }),
        about('blank', { missing: { percent: 1 } }),
      ],
    }),
  );
  const ours = indicate(path, '--rules', local);
  const watched = ours.indications.map(({ id }) => id);
  expect(
    'local rules are added',
    ['any_5', 'young', 'refused', 'blank'].every((id) => watched.includes(id)),
    watched.join(),
  );
  for (const file of ['indications/default.json', 'localities/dudley.json'])
    output('urn:gcp2:schema:findings:1', ['indicate', '--check', join(root, file), '--format', 'json']);
}
