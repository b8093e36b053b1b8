// What gcp2 train writes, against its schemas; and that nothing of a key is in what trainees get.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function checkTrained({ program, root, check, expect, closed }) {
  const folder = mkdtempSync(join(tmpdir(), 'gcp2-schemas-'));
  const run = (args) => {
    const done = spawnSync(program, ['train', ...args], { encoding: 'utf8' });
    expect(`gcp2 train ${args.join(' ')}: exit code`, done.status === 0, done.stderr);
    return done.stdout;
  };
  const output = (name, args) => {
    const document = JSON.parse(run([...args, '--format', 'json']) || '{}');
    const said = `gcp2 train ${args.join(' ')}`;
    expect(`${said}: format`, document.format === `gcp2/${name}/1`, document.format);
    check(said, closed(`urn:gcp2:schema:${name}:1`, document));
    return document;
  };
  /** A trainee's record, graded by `grade` from the key's entry; undefined leaves a leaf out. */
  const graded = (told, profile, name, into, grade) => {
    const path = join(into, `${name}.json`);
    output('receipt', ['start', told.id, '--profile', profile.id, '--as', name, '--output', path]);
    const record = JSON.parse(readFileSync(path, 'utf8'));
    record.observations = profile.key.flatMap((entry) => {
      const given = grade(entry);
      return given === undefined ? [] : [{ node: entry.node, grade: given, by: 'P1' }];
    });
    writeFileSync(path, JSON.stringify(record));
    check(`${path}`, closed('urn:gcp2:schema:assessment:1', record));
    return path;
  };

  try {
    const ids = output('case-list', ['list']).cases.map((each) => each.case);
    for (const id of ids) {
      const told = JSON.parse(readFileSync(join(root, 'cases', `${id}.json`), 'utf8'));
      output('case-told', ['show', id, '--key']);
      output('case-told', ['show', id]);
      for (const profile of told.profiles) {
        const file = join(folder, `${id}-${profile.id}.json`);
        const sheet = join(folder, `${id}-${profile.id}.csv`);
        const args = ['--profile', profile.id];
        run(['start', id, ...args, '--as', 'A Trainee', '--output', file, '--sheet', sheet]);
        const given = [
          run(['show', id, ...args]),
          run(['show', id, ...args, '--format', 'json']),
          readFileSync(file, 'utf8'),
          readFileSync(sheet, 'utf8'),
        ];
        const words = given.join('\n').replaceAll(/\s+/g, ' ');
        const secret = [
          told.about,
          ...told.discussion,
          ...told.facilitator,
          ...profile.key.map((entry) => entry.rationale ?? entry.cannot),
        ].filter((text) => words.includes(text));
        check(`${id} ${profile.id}: nothing of the key is told`, secret);
        const own = [given[2], given[3]].join('\n');
        check(
          `${id} ${profile.id}: nothing of the case's lines is in the record`,
          profile.key.flatMap((e) => e.quotes ?? []).filter((quote) => own.includes(quote)),
        );
        expect(`${id} ${profile.id}: no grade is given away`, !/"?grade"?\s*:/.test(own), own);
        check(
          `${id} ${profile.id}: the sheet asks for every leaf, with nothing filled in`,
          readFileSync(sheet, 'utf8')
            .trimEnd()
            .split('\r\n')
            .slice(1)
            .filter((row) => !row.endsWith(',,,')),
        );
      }
    }

    const told = JSON.parse(readFileSync(join(root, 'cases', 'quiet-in-year-three.json'), 'utf8'));
    const [profile] = told.profiles;
    const rooms = ['now', 'then'].map((name) => join(folder, name));
    for (const room of rooms) mkdirSync(room);
    const worse = (entry) => (entry.grade ? Math.min(5, entry.grade + 1) : 2);
    const files = [
      graded(told, profile, 'Ana Example', rooms[0], (entry) => entry.grade),
      graded(told, profile, '=Ben <b>', rooms[0], worse),
      graded(told, profile, 'Cleo Sample', rooms[1], worse),
    ];
    const marks = output('marks', ['mark', ...files]);
    expect(
      'marks: the key against itself',
      marks.marks[0].outcomes.same === marks.marks[0].compared,
      'differs',
    );
    const session = output('session', ['session', rooms[0], '--before', rooms[1]]);
    expect('session: names', session.rooms[0].trainees[0].trainee === '=Ben <b>', 'are others');
    const hidden = output('session', ['session', rooms[0], '--anonymous']);
    expect('session: no names', !JSON.stringify(hidden).includes('Ana'), 'a name is said');
    const study = join(folder, 'study.json');
    run(['session', rooms[0], '--study', study]);
    check(study, closed('urn:gcp2:schema:study:1', JSON.parse(readFileSync(study, 'utf8'))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
