// The broken files of breaks.mjs: refused by the schema and by the program alike.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { broken, brokenInstruments, brokenOverlays, changed, differences } from './breaks.mjs';
import { brokenLocalities, brokenRules, ruleDifferences } from './rule_breaks.mjs';

const asOf = ['--as-of', '2026-06-01'];

/** What the program refuses of these files: {path: [codes of invalid and error findings]}. */
function refusals(program, command, paths) {
  // An instrument is the same on every day: its commands take no day.
  const day = command[0] === 'instrument' ? [] : asOf;
  const run = spawnSync(program, [...command, ...paths, '--format', 'json', ...day], {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const refused = Object.fromEntries(paths.map((path) => [path, []]));
  if (run.status !== 0 && run.status !== 1) throw new Error(`${command}: ${run.stderr}`);
  for (const { file, severity, code } of JSON.parse(run.stdout).findings)
    if (severity === 'invalid' || severity === 'error') refused[file].push(code);
  return refused;
}

export function checkBroken({ program, root, check, expect, open }) {
  const folder = mkdtempSync(join(tmpdir(), 'gcp2-schemas-'));
  try {
    const cases = [
      ...[
        ...broken,
        ...brokenInstruments,
        ...brokenOverlays,
        ...brokenRules,
        ...brokenLocalities,
      ].map((c) => ({
        ...c,
        engine: true,
        schema: true,
      })),
      ...[...differences, ...ruleDifferences].map((c) => ({ ...c, known: true })),
    ].map((c, i) => {
      const file = c.in ?? 'samples/first.json';
      const valid = readFileSync(join(root, file), 'utf8');
      const text = changed(valid, c);
      const path = join(folder, `${i}.json`);
      writeFileSync(path, text);
      if (text === valid) check(`${file}, ${c.says}`, ['the change does not change the file']);
      return { ...c, kind: file.split('/')[0], name: `${file} with ${c.says}`, text, path };
    });
    const of = (kind) => cases.filter((c) => c.kind === kind);
    const refused = refusals(
      program,
      ['validate'],
      of('samples').map((c) => c.path),
    );
    for (const { path } of of('instruments'))
      Object.assign(refused, refusals(program, ['instrument', 'check'], [path]));
    for (const { path } of of('overlays'))
      Object.assign(refused, refusals(program, ['instrument', 'overlay'], [path]));

    for (const { path } of [...of('indications'), ...of('localities')])
      Object.assign(refused, refusals(program, ['indicate', '--check'], [path]));

    const urns = {
      samples: 'assessment',
      instruments: 'instrument',
      overlays: 'overlay',
      indications: 'indication-rules',
      localities: 'locality',
    };
    for (const { kind, name, text, path, engine = false, schema = false, known } of cases) {
      const found = open(`urn:gcp2:schema:${urns[kind]}:1`, JSON.parse(text));
      const as = known ? ' (a known difference)' : '';
      expect(
        `${name}: schema${as}`,
        found.length > 0 === schema,
        schema ? 'the schema takes it' : `the schema refuses it: ${found[0]}`,
      );
      expect(
        `${name}: engine${as}`,
        refused[path].length > 0 === engine,
        engine ? 'the engine takes it' : `the engine refuses it: ${refused[path]}`,
      );
    }
    expect('broken files', broken.length >= 40, `only ${broken.length}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
