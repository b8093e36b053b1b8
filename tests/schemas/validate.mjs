// node validate.mjs GCP2 SAMPLE_VIEWS: checks schemas, shipped files, the JSON of the program and of
// the sample views, and the engine's table of shapes against each other. Exit 0 all agree, 1 not, 77 packages are not installed.
import { readFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkAgreed } from './agreed.mjs';
import { checkBroken } from './broken.mjs';
import { checkCases } from './cases.mjs';
import { checkCompared } from './compared.mjs';
import { checkOutputs } from './outputs.mjs';
import { checkReports } from './reports.mjs';
import { compile, filesBelow, readJson, readSchemas, undescribed } from './schemas.mjs';
import { readShapes, shapeDifferences } from './shape.mjs';
import { checkStored } from './stored.mjs';
import { checkTrained } from './trained.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, '..', '..');
const root = join(source, 'schemas');

let libraries;
try {
  const [{ Ajv2020 }, { default: formats }] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
  ]);
  libraries = { Ajv: Ajv2020, addFormats: formats.default ?? formats };
} catch (missing) {
  console.log(`schemas: skipped, ajv is not installed; run npm ci --ignore-scripts in ${here}`);
  console.log(missing.message);
  process.exit(77);
}

const [program, samples] = process.argv.slice(2);
if (![program, samples].every((path) => path !== undefined && existsSync(path))) {
  console.error('usage: node validate.mjs GCP2 SAMPLE_VIEWS (the programs that were built)');
  process.exit(2);
}

let passed = 0;
let failed = 0;
/** One check; `problems` are lines, none = passed. */
function check(name, problems) {
  if (problems.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.error(`FAILED ${name}`);
  for (const problem of problems.slice(0, 10)) console.error(`  ${problem}`);
  if (problems.length > 10) console.error(`  and ${problems.length - 10} more`);
}
const expect = (name, truth, problem) => check(name, truth ? [] : [problem]);

const schemas = readSchemas(root);
const open = compile(libraries, schemas);
const closed = compile(libraries, schemas, { close: true });
const readme = readFileSync(join(root, 'README.md'), 'utf8');
for (const { path, folder, version, schema } of schemas) {
  const urn = `urn:gcp2:schema:${folder}:${version.slice(1)}`;
  expect(`${path}: id`, schema.$id === urn, `${schema.$id} instead of ${urn}`);
  expect(`${path}: name`, path === `${folder}/${version}/${folder}.schema.json`, 'is elsewhere');
  expect(`${path}: draft`, schema.$schema?.endsWith('/draft/2020-12/schema'), schema.$schema);
  expect(`${path}: in the README`, readme.includes(`${folder}/${version}`), 'is not mentioned');
  check(`${path}: descriptions`, undescribed(schema));
  for (const [how, validator] of [
    ['open', open],
    ['closed', closed],
  ])
    try {
      validator(urn, null);
      passed += 1;
    } catch (error) {
      check(`${path}: compiles (${how})`, [error.message]);
    }
}

/** The schema of a document, by its format. */
const urnOf = (document) => {
  const [, name, version] = /^gcp2\/([\w-]+)\/(\d+)$/.exec(document?.format ?? '') ?? [];
  const folder = name === 'instruments' ? 'instruments-list' : name;
  return `urn:gcp2:schema:${folder}:${version}`;
};

const shipped = filesBelow(root, '.json').filter((path) => !path.endsWith('.schema.json'));
for (const path of shipped) {
  const document = readJson(join(root, path));
  const ours = /^(instruments|overlays|samples|indications|localities|cases)\//.test(path);
  // Other folders may hold files of other people's formats (FHIR, for instance).
  if (!ours && !document.format?.startsWith?.('gcp2/')) continue;
  check(`schemas/${path}`, closed(urnOf(document), document));
  if (path.endsWith('header.json'))
    check(`schemas/${path} as header`, open('urn:gcp2:schema:header:1', document));
}
expect(
  'a header with observations is refused',
  open('urn:gcp2:schema:header:1', readJson(join(root, 'samples/first.json'))).length > 0,
  'the schema takes it',
);

const assessment = schemas.find((s) => s.path.startsWith('assessment/v1')).schema;
const table = readShapes(join(source, 'engine/assessment/shape.cpp'));
expect('the table of shapes is read', table.fields.assessment_fields?.length > 10, 'found too few');
check('the engine and the schema know the same keys', shapeDifferences(table, assessment));

const context = { program, samples, root, check, expect, open, closed, urnOf };
await checkOutputs(context);
checkReports(context);
await checkBroken(context);
await checkCompared(context);
checkTrained(context);
checkCases(context);
checkAgreed(context);
await checkStored(context);

console.log(`schemas: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
