// Broken cases for training, which the schema must refuse. The engine refuses the same in
// tests/unit/case_test.cpp, and beyond it what a schema cannot say: quotes that stand in no line,
// leaves that do not apply or are missing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changed } from './breaks.mjs';

const profile = '/profiles/0';
const entry = `${profile}/key/0`;

const brokenCases = [
  { says: 'another format', set: { '/format': 'gcp2/case/2' } },
  { says: 'an id of two words', set: { '/id': 'two words' } },
  { says: 'no title', drop: '/title' },
  { says: 'an unknown key', set: { '/abuot': 'x' } },
  { says: 'no version of the instrument', drop: '/instrument/version' },
  { says: 'no profile', set: { '/profiles': [] } },
  { says: 'no question', set: { '/discussion': [] } },
  { says: 'an empty note', set: { '/facilitator/0': '' } },
  { says: 'no window', drop: `${profile}/window` },
  { says: 'no end of the window', drop: `${profile}/window/to` },
  { says: 'a child without a birth', drop: `${profile}/child/date_of_birth` },
  { says: 'both births', set: { [`${profile}/child/expected_date`]: '2026-03-01' } },
  { says: 'an unknown condition', set: { [`${profile}/child/conditions`]: ['asthma'] } },
  { says: "a person's NHS number", set: { [`${profile}/child/nhs_number`]: '4010232137' } },
  { says: 'an empty line', set: { [`${profile}/vignette/0`]: '' } },
  { says: 'a flag in words', set: { [`${profile}/early_indicators`]: 'yes' } },
  { says: 'grade 6', set: { [`${entry}/grade`]: 6 } },
  { says: 'a grade without a reason', drop: `${entry}/rationale` },
  { says: 'a grade without lines', set: { [`${entry}/lines`]: [] } },
  { says: 'line 0', set: { [`${entry}/lines/0`]: 0 } },
  { says: 'an empty quote', set: { [`${entry}/quotes/0`]: '' } },
  { says: 'neither a grade nor a reason for none', set: { [entry]: { node: 'A1a' } } },
  { says: 'a grade and a reason for none', set: { [`${entry}/cannot`]: 'x' } },
  { says: 'an unknown key of an entry', set: { [`${entry}/reason`]: 'x' } },
];

export function checkCases({ root, expect, open }) {
  const valid = readFileSync(join(root, 'cases/baby-in-a-cold-flat.json'), 'utf8');
  for (const change of brokenCases)
    expect(
      `a case with ${change.says} is refused`,
      open('urn:gcp2:schema:case:1', JSON.parse(changed(valid, change))).length > 0,
      'the schema takes it',
    );
}
