// Deliberately broken files: one change in a valid file each. `set` lays a value at a JSON pointer
// ("-" at its end adds to a list), `drop` takes one away.

const signed = 'samples/teenager.json';
const leafOf = (code) => `/observations[node=${code}]`;

/** Refused by the schema and by the engine (an `invalid` or an `error`). */
export const broken = [
  // samples/first.json
  { says: 'another format', set: { '/format': 'gcp2/assessment/2' } },
  { says: 'no format', drop: '/format' },
  { says: 'no instrument', drop: '/instrument' },
  { says: 'no version', drop: '/instrument/version' },
  { says: 'an empty instrument id', set: { '/instrument/id': '' } },
  { says: 'a digest that is none', set: { '/instrument/digest': 'abc' } },
  { says: 'an id in capitals', set: { '/id': '3C9D2F64-8A1B-4E57-B0C6-5D7E9F1A2B30' } },
  { says: 'an unknown status', set: { '/status': 'final' } },
  { says: 'a signature on a draft', set: { '/signed': { by: 'P2', at: '2026-02-09T12:00:00Z' } } },
  { says: 'no child', drop: '/child' },
  { says: 'a child that is a text', set: { '/child': 'Robin' } },
  { says: 'neither birth nor expected date', drop: '/child/date_of_birth' },
  { says: 'both birth and expected date', set: { '/child/expected_date': '2026-03-01' } },
  { says: 'a 30 February', set: { '/child/date_of_birth': '2016-02-30' } },
  { says: 'a 29 February of no leap year', set: { '/child/date_of_birth': '2017-02-29' } },
  { says: 'a date in another order', set: { '/window/from': '12/01/2026' } },
  { says: 'the year 0000', set: { '/child/date_of_birth': '0000-06-21' } },
  { says: 'a date that is a number', set: { '/review_on': 20260515 } },
  { says: 'no window', drop: '/window' },
  { says: 'no end of the window', drop: '/window/to' },
  { says: 'a UPN of twelve characters', set: { '/child/upn': 'A95000017830' } },
  { says: 'an NHS number with spaces', set: { '/child/nhs_number': '999 042 1013' } },
  { says: 'an unknown condition', set: { '/child/conditions/-': 'asthma' } },
  { says: 'a list that is an object', set: { '/carers': { ref: 'K1' } } },
  { says: 'a flag that is a text', set: { '/carers/0/main': 'yes' } },
  { says: 'an assessor that is a text', set: { '/assessors/-': 'P4' } },
  { says: 'an unknown state of consent', set: { '/consent/state': 'verbal' } },
  { says: 'grade 6', set: { [`${leafOf('A1a')}/grade`]: 6 } },
  { says: 'grade 0', set: { [`${leafOf('A1a')}/grade`]: 0 } },
  { says: 'half a grade', set: { [`${leafOf('A1a')}/grade`]: 2.5 } },
  { says: 'a grade in quotation marks', set: { [`${leafOf('A1a')}/grade`]: '3' } },
  { says: 'an observation of nothing', drop: `${leafOf('A1a')}/node` },
  { says: 'a grade and a reason for none', set: { [`${leafOf('A2c')}/grade`]: 2 } },
  { says: 'an unknown reason for none', set: { [`${leafOf('A2c')}/not_graded`]: 'unknown' } },
  { says: 'an unknown kind of evidence', set: { [`${leafOf('A1a')}/evidence/0/kind`]: 'rumour' } },
  { says: 'evidence that is a text', set: { [`${leafOf('A1a')}/evidence`]: 'seen' } },
  { says: 'a judgement without a grade', set: { '/judgements': [{ node: 'A', reason: 'x' }] } },
  { says: 'a comment on nothing', set: { '/comments/-': { text: 'x' } } },
  { says: 'a target of grade 7', set: { '/targets/0/to': 7 } },
  { says: 'views that are a text', set: { '/views': 'all well' } },
  { says: 'a view that is a list', set: { '/views/child': ['well'] } },
  { says: 'the dismissal of nothing', set: { '/dismissed': [{ reason: 'x' }] } },
  { says: 'a family that is a list', set: { '/family': [] } },
  { says: 'a member without a reference', drop: '/family/members/1/ref' },
  { says: 'a member of an unknown sex', set: { '/family/members/1/sex': 'F' } },
  { says: 'a member born on no day', set: { '/family/members/1/born': '1990' } },
  { says: 'a household in words', set: { '/family/members/1/in_household': 'yes' } },
  { says: 'a union of nobody', set: { '/family/unions/0/between': [] } },
  { says: 'a union of three', set: { '/family/unions/0/between': ['M2', 'M3', 'M4'] } },
  { says: 'an unknown kind of union', set: { '/family/unions/0/kind': 'engaged' } },
  { says: 'twins in a plain list', set: { '/family/unions/2/twins': [['M8', 'M9']] } },
  { says: 'a tie to nobody', drop: '/family/ties/0/to' },
  { says: 'an unknown kind of tie', set: { '/family/ties/0/kind': 'close' } },
  { says: 'an event on no day', set: { '/events/0/on': 'last autumn' } },
  { says: 'an earlier record that is no id', set: { '/earlier': ['the one of 2024'] } },
  { says: 'training on no case', set: { '/training': { profile: 'first' } } },
  { says: 'training that is a text', set: { '/training': 'baby-in-a-cold-flat' } },
  // A signed record.
  { in: signed, says: 'signed without a signature', drop: '/signed' },
  { in: signed, says: 'signed by nobody', drop: '/signed/by' },
  {
    in: signed,
    says: 'signed at a time without zone',
    set: { '/signed/at': '2026-03-24T15:30:00' },
  },
  { in: signed, says: 'signed at second 60', set: { '/signed/at': '2026-03-24T23:59:60Z' } },
  { in: signed, says: 'signed without an id', drop: '/id' },
  { in: signed, says: 'signed without the first day', drop: '/window/from' },
  {
    in: signed,
    says: 'a signed 4 without evidence',
    set: { [leafOf('A1')]: { node: 'A1', grade: 4 } },
  },
  {
    in: signed,
    says: 'a signed 5 with blank evidence',
    set: { [leafOf('A1')]: { node: 'A1', grade: 5, evidence: [{ kind: 'observed', text: ' ' }] } },
  },
  {
    in: signed,
    says: 'signed as not applicable without a reason',
    set: { [leafOf('A2')]: { node: 'A2', not_graded: 'not_applicable' } },
  },
  {
    in: signed,
    says: 'signed with a dismissal without a reason',
    set: { '/dismissed': [{ indication: 'area-at-3', by: 'P1' }] },
  },
];

const gcp = 'instruments/gcp.json';
const overlay = 'overlays/example.json';

export const brokenInstruments = [
  { in: gcp, says: 'another format', set: { '/format': 'gcp2/instrument/2' } },
  { in: gcp, says: 'an unknown key', set: { '/colour': 'red' } },
  { in: gcp, says: 'no title', drop: '/title' },
  { in: gcp, says: 'no licence', drop: '/licence' },
  { in: gcp, says: 'higher is better', set: { '/scale/direction': 'higher_is_better' } },
  { in: gcp, says: 'four grades', drop: '/scale/grades/4' },
  { in: gcp, says: 'grades out of order', set: { '/scale/grades/0/grade': 2 } },
  { in: gcp, says: 'an unknown rule', set: { '/rules/1/name': 'mean' } },
  { in: gcp, says: 'a rule twice', set: { '/rules/-': { name: 'worst', source: 'O' } } },
  {
    in: gcp,
    says: 'a default rule that is not there',
    set: { '/default_rule': 'worst' },
    drop: '/rules/2',
  },
  { in: gcp, says: 'majority-override without its grade', drop: '/rules/0/override_above' },
  { in: gcp, says: 'majority with an override', set: { '/rules/1/override_above': 3 } },
  { in: gcp, says: 'majority without a tie', drop: '/rules/1/tie' },
  { in: gcp, says: 'worst with a tie', set: { '/rules/2/tie': 'worse' } },
  { in: gcp, says: 'worst with a better tie', set: { '/rules/2/tie': 'better' } },
  { in: gcp, says: 'an exception without a condition', drop: '/exceptions/0/condition' },
  { in: gcp, says: 'an area without sub-areas', set: { '/areas/0/sub_areas': [] } },
  { in: gcp, says: 'a code with a space', set: { '/areas/0/sub_areas/0/code': 'A 1' } },
  { in: gcp, says: 'an unknown source', set: { '/areas/0/source': 'X' } },
  { in: gcp, says: 'an unknown neglect type', set: { '/areas/0/neglect_types': ['other'] } },
  {
    in: gcp,
    says: 'a neglect type twice',
    set: { '/areas/0/neglect_types': ['physical', 'physical'] },
  },
  { in: gcp, says: 'a leaf without wording', drop: '/areas/0/sub_areas/0/items/0/descriptors' },
  { in: gcp, says: 'wording without grade 5', drop: '/areas/0/sub_areas/0/items/0/descriptors/5' },
  { in: gcp, says: 'a band below 0', set: { '/areas/3/sub_areas/0/items/0/age_band/from': -1 } },
  { in: gcp, says: 'items below an item', set: { '/areas/0/sub_areas/0/items/0/items': [] } },
  {
    in: gcp,
    says: 'wording on a parent',
    set: { '/areas/0/sub_areas/0/descriptors': { 1: 'a', 2: 'b', 3: 'c', 4: 'd', 5: 'e' } },
  },
];

export const brokenOverlays = [
  { in: overlay, says: 'another format', set: { '/format': 'gcp2/overlay/0' } },
  { in: overlay, says: 'no licence', drop: '/licence' },
  { in: overlay, says: 'no wording', set: { '/wording': [] } },
  { in: overlay, says: 'a changed tree', set: { '/wording/0/items': [] } },
  { in: overlay, says: 'wording without grade 3', drop: '/wording/0/descriptors/3' },
  { in: overlay, says: 'wording of no node', drop: '/wording/0/node' },
  { in: overlay, says: 'a digest that is none', set: { '/instrument/digest': 'abc' } },
];

/** Of samples/study.json. */
export const brokenStudies = [
  { says: 'another format', set: { '/format': 'gcp2/study/2' } },
  { says: 'no instrument', drop: '/instrument' },
  { says: 'no version', drop: '/instrument/version' },
  { says: 'no ratings', drop: '/ratings' },
  { says: 'an unknown key', set: { '/rating': [] } },
  { says: 'ratings that are an object', set: { '/ratings': {} } },
  { says: 'grade 6', set: { '/ratings/0/grade': 6 } },
  { says: 'half a grade', set: { '/ratings/0/grade': 2.5 } },
  { says: 'a grade in quotation marks', set: { '/ratings/0/grade': '2' } },
  { says: 'a rating by nobody', drop: '/ratings/0/rater' },
  { says: 'a rating of an empty case', set: { '/ratings/0/case': '' } },
  { says: 'an unknown key of a rating', set: { '/ratings/0/score': 2 } },
];

/** Of a mapping that is made for the test. */
export const brokenMappings = [
  { says: 'another format', set: { '/format': 'gcp2/mapping/0' } },
  { says: 'no older digest', drop: '/from' },
  { says: 'a digest that is none', set: { '/to': 'abc' } },
  { says: 'nodes that are a list', set: { '/nodes': [] } },
  { says: 'a node that is a number', set: { '/nodes/A1a': 1 } },
  { says: 'an unknown key', set: { '/map': {} } },
];

/** Known differences: what one of the two refuses and the other cannot or need not. */
export const differences = [
  // Refused by the engine only: a schema sees neither calendar nor instrument nor other entries.
  {
    engine: true,
    says: 'a node that the instrument lacks',
    set: { [`${leafOf('A1a')}/node`]: 'A9z' },
  },
  { engine: true, says: 'a grade on a parent', set: { [`${leafOf('A1a')}/node`]: 'A1' } },
  { engine: true, says: 'a leaf twice', set: { [`${leafOf('A1a')}/node`]: 'A1b' } },
  { engine: true, says: 'a digest of another tree', set: { '/instrument/digest': 'a'.repeat(64) } },
  { engine: true, says: 'an unknown instrument', set: { '/instrument/id': 'gcp9' } },
  {
    engine: true,
    says: 'a window that ends before it begins',
    set: { '/window/to': '2026-01-02' },
  },
  { engine: true, says: 'a review before the window', set: { '/review_on': '2026-01-02' } },
  { engine: true, says: 'an unknown assessor', set: { [`${leafOf('A1a')}/by`]: 'P9' } },
  { engine: true, says: 'a member twice', set: { '/family/members/1/ref': 'M1' } },
  { engine: true, says: 'a tie to a stranger', set: { '/family/ties/0/to': 'M99' } },
  { engine: true, says: 'two who are the child', set: { '/family/members/1/is_child': true } },
  { engine: true, says: 'a death before the birth', set: { '/family/members/4/died': '1950-01-01' } },
  { engine: true, says: "a UPN's check letter", set: { '/child/upn': 'B950000178301' } },
  { engine: true, says: "an NHS number's check digit", set: { '/child/nhs_number': '9990421014' } },
  { engine: true, says: 'a child over 18', set: { '/child/date_of_birth': '2001-01-01' } },
  {
    engine: true,
    says: 'a judgement on a leaf',
    set: { '/judgements': [{ node: 'A4', grade: 3 }] },
  },
  // Refused by the engine only while it is a draft: an error, not `invalid`; the schema asks for it
  // of signed records, since a draft may be on its way.
  { engine: true, says: 'a draft without an id', drop: '/id' },
  { engine: true, says: 'a 4 in a draft without evidence', drop: `${leafOf('A4')}/evidence` },
  // Refused by neither: absent, null and empty mean the same, and further keys are welcome.
  { says: 'a key that is null', set: { '/consent/reason': null } },
  { says: 'a further key', set: { '/child/x_local_number': 7 } },
  { says: 'a grade written as 2.0', text: ['"grade": 2,', '"grade": 2.0,'] },
  { says: 'an empty UPN', set: { '/child/upn': '' } },
  // Refused by the engine only, and what JSON.parse has already made equal: the schema never sees it.
  {
    engine: true,
    says: 'a key twice',
    text: ['"status": "draft",', '"status": "draft", "status": "draft",'],
  },
  { engine: true, says: 'a grade written as 20e-1', text: ['"grade": 2,', '"grade": 20e-1,'] },
  // Instruments: the whole tree is beyond a schema; a null is only untidy.
  { in: gcp, engine: true, says: 'a code twice', set: { '/areas/1/code': 'A' } },
  {
    in: gcp,
    engine: true,
    says: 'a band that ends before it begins',
    set: { '/areas/3/sub_areas/0/items/0/age_band/from': 30 },
  },
  {
    in: gcp,
    engine: true,
    says: 'bands with a hole',
    set: { '/areas/3/sub_areas/0/items/0/age_band/to': 20 },
  },
  {
    in: gcp,
    engine: true,
    says: 'an exception from nowhere',
    set: { '/exceptions/0/takes_from': 'C9' },
  },
  { in: gcp, schema: true, says: 'a note that is null', set: { '/areas/0/note': null } },
  {
    in: overlay,
    engine: true,
    says: 'wording of an unknown node',
    set: { '/wording/0/node': 'A9' },
  },
  { in: overlay, engine: true, says: 'descriptors on a parent', set: { '/wording/0/node': 'A1' } },
  {
    in: overlay,
    engine: true,
    says: 'an overlay of another version',
    set: { '/instrument/version': '9' },
  },
];

/** The text of the file after its one change. */
export function changed(text, { set = {}, drop, text: replacement }) {
  if (replacement !== undefined) return text.replace(...replacement);
  const document = JSON.parse(text);
  const pointers = Object.entries(set);
  if (drop !== undefined) pointers.push([drop, undefined]);
  for (const [pointer, value] of pointers) lay(document, pointer, value);
  return JSON.stringify(document, null, 2);
}

function lay(document, pointer, value) {
  let at = document;
  // "/observations[node=A1a]/grade": the entry of that node.
  const steps = pointer
    .slice(1)
    .replace(/\[node=(\w+)\]/g, '/=$1')
    .split('/');
  const place = (step) =>
    step.startsWith('=') ? at.findIndex((entry) => entry.node === step.slice(1)) : step;
  for (const step of steps.slice(0, -1)) at = at[place(step)];
  const last = place(steps.at(-1));
  if (last === '-') at.push(value);
  else if (value !== undefined) at[last] = value;
  else if (Array.isArray(at)) at.splice(Number(last), 1);
  else delete at[last];
}
