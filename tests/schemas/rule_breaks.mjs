// Broken indication rules and localities, written like those of breaks.mjs.

const rules = 'indications/default.json';
const dudley = 'localities/dudley.json';
const when = '/rules/0/when';
const asked = `${when}/some/is`;

export const brokenRules = [
  { says: 'another format', set: { '/format': 'gcp2/indication-rules/2' } },
  { says: 'no id', drop: '/id' },
  { says: 'an id with a space', set: { '/id': 'our rules' } },
  { says: 'no version', drop: '/version' },
  { says: 'an unknown key', set: { '/colour': 'red' } },
  { says: 'rules to extend that are not there', set: { '/extends': 'ours' } },
  { says: 'no rules', set: { '/rules': [] } },
  { says: 'an unknown level', set: { '/rules/0/level': 'alarm' } },
  { says: 'a blank sentence', set: { '/rules/0/says': ' ' } },
  { says: 'no basis', drop: '/rules/0/basis' },
  { says: 'an unknown type of neglect', set: { '/rules/0/types': ['moral'] } },
  { says: 'no condition', drop: when },
  { says: 'an empty condition', set: { [when]: {} } },
  { says: 'two conditions in one', set: { [`${when}/not_comparable`]: true } },
  { says: 'an unknown condition', set: { [when]: { gradde: { at_least: 3 } } } },
  { says: 'a grade of no node', set: { [when]: { grade: { at_least: 3 } } } },
  { says: 'a grade of no node, nested', set: { [when]: { not: { grade: { at_least: 3 } } } } },
  { says: 'an empty list of conditions', set: { [when]: { all: [] } } },
  { says: 'a search on no level', drop: `${when}/some/level` },
  { says: 'a search that asks nothing', drop: asked },
  { says: 'grade 6', set: { [asked]: { grade: { at_least: 6 } } } },
  { says: 'bounds that are none', set: { [asked]: { grade: {} } } },
  { says: 'a misspelled bound', set: { [asked]: { grade: { atleast: 3 } } } },
  { says: 'an unknown status', set: { [asked]: { status: 'done' } } },
  { says: 'a change in no direction', set: { [asked]: { change: { since: 'first' } } } },
  {
    says: 'a change in both directions',
    set: { [asked]: { change: { since: 'first', worsened: 1, improved: 1 } } },
  },
  { says: 'a run without length', set: { [asked]: { run: { at_least: 3 } } } },
  { says: 'a count without number', set: { [when]: { count: { level: 'leaf', is: { status: 'complete' } } } } },
  { says: 'seven types', set: { [when]: { types: { level: 'leaf', at_least: 7, is: { status: 'complete' } } } } },
  { says: 'a share above all', set: { [when]: { missing: { percent: 101 } } } },
  { says: 'an age that is none', set: { [when]: { age: {} } } },
  { says: 'an unknown consent', set: { [when]: { consent: 'verbal' } } },
  { says: 'a target past by no day', set: { [when]: { target_overdue: { days: 0 } } } },
  { says: 'a flag that is false', set: { [when]: { earlier_not_opened: false } } },
].map((c) => ({ in: rules, ...c }));

export const brokenLocalities = [
  { says: 'another format', set: { '/format': 'gcp2/locality/2' } },
  { says: 'no name', drop: '/name' },
  { says: 'an unknown key', set: { '/phone': '1' } },
  { says: 'nothing to do at a level', set: { '/actions/watch': [] } },
  { says: 'a level that is missing', drop: '/actions/urgent' },
  { says: 'no contacts', set: { '/contacts': [] } },
  { says: 'a contact without telephone or email', drop: '/contacts/1/telephone' },
  { says: 'a telephone in words', set: { '/contacts/1/telephone': 'on request' } },
].map((c) => ({ in: dudley, ...c }));

/** Only the engine knows the instruments, compares numbers, and sees an id twice. */
export const ruleDifferences = [
  { says: 'a node that no instrument has', set: { [`${when}/some/under`]: 'Z9' } },
  { says: 'bounds that leave no grade', set: { [asked]: { grade: { at_least: 4, at_most: 3 } } } },
  { says: 'an age that ends before it begins', set: { [when]: { age: { from: 24, to: 12 } } } },
  { says: 'a rule twice', set: { '/rules/1/id': 'any_5' } },
  {
    in: dudley,
    says: 'a first contact without a telephone',
    set: { '/contacts/0': { name: 'Example', email: 'help@example.org' } },
  },
].map((c) => ({ in: rules, engine: true, ...c }));
