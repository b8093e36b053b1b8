// What `gcp2 agree` writes, against its schema: whole tables, and tables that say nothing.
import { spawnSync } from 'node:child_process';

const tables = {
  'two raters': 'subject,rater,grade\na,x,1\na,y,2\nb,x,3\nb,y,3\nc,x,5\nc,y,4\n',
  'missing cells': 'subject,rater,grade\na,x,1\na,y,2\na,z,\nb,x,3\nb,z,3\nc,y,4\n',
  'all equal': 'subject,rater,grade\na,x,2\na,y,2\nb,x,2\nb,y,2\n',
  'one subject': 'subject,rater,grade\na,x,2\na,y,3\n',
  'one rater': 'subject,rater,grade\na,x,2\nb,x,3\n',
  'nothing': 'subject,rater,grade\n',
};

export function checkAgreed({ program, check, expect, closed }) {
  for (const [name, csv] of Object.entries(tables)) {
    const said = `gcp2 agree, ${name}`;
    const run = spawnSync(program, ['agree', '-', '--format', 'json'], {
      input: csv,
      encoding: 'utf8',
    });
    expect(`${said}: exit code`, run.status === 0, `${run.status}: ${run.stderr}`);
    const document = JSON.parse(run.stdout || '{}');
    check(said, closed('urn:gcp2:schema:agreement:1', document));
    const names = new Set(document.statistics?.map((each) => each.name));
    expect(`${said}: statistics`, names.size >= 7, [...names].join(', '));
  }
}
