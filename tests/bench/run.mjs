#!/usr/bin/env node
// run.mjs [BUILD] [RECORDS] [ROUNDS]: prints the speed of the program in BUILD (build/bench) beside
// others, as medians over the rounds, taken in turn. docs/speed.md says what is measured. A peer
// that is not installed is left out; one that gives other grades ends the run. With fewer than three
// rounds everything runs, but no figure means anything.
import {spawnSync} from 'node:child_process';
import {mkdtempSync, openSync, readFileSync, rmSync, statSync} from 'node:fs';
import {availableParallelism, cpus, tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [build = join(here, '../../build/bench'), records = '50000', rounds = '9'] =
    process.argv.slice(2);
const program = resolve(build, 'bin/gcp2');
const tool = (name) => resolve(build, 'tests', `bench_${name}`);
const few = Number(rounds) < 3;
const work = mkdtempSync(join(tmpdir(), 'gcp2-bench-'));

function run(command, args, output = 'pipe', environment = {}) {
  const ran = spawnSync(command, args, {
    stdio: ['ignore', output, 'pipe'], encoding: 'utf8', maxBuffer: 1 << 26,
    env: {...process.env, ...environment},
  });
  if (ran.status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${ran.error ?? ran.stderr}`);
  return ran.stdout;
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/// Medians of a Google Benchmark program by name: seconds, and bytes a second where it has them.
function benchmark(name, time, environment = {}) {
  const report = JSON.parse(run(tool(name), [
    '--benchmark_format=json', `--benchmark_repetitions=${rounds}`,
    `--benchmark_min_time=${few ? 0.001 : 0.1}`, '--benchmark_enable_random_interleaving=true',
  ], 'pipe', environment));
  const found = {};
  for (const each of report.benchmarks) {
    if (each.error_occurred) line(each.name, each.error_message);
    else if (each.run_type === 'iteration') (found[each.run_name.split('/')[0]] ??= []).push(each);
  }
  return Object.fromEntries(Object.entries(found).map(([key, list]) => [key, {
    seconds: median(list.map((each) => each[time])) / 1e9,
    bytes: median(list.map((each) => each.bytes_per_second ?? 0)),
    estimate: list[0].estimate,
  }]));
}

const line = (what, figure) => console.log(`  ${what.padEnd(52)} ${figure}`);
const aim = (value, wanted, reached) =>
    `${value.toFixed(2)} (aim: ${wanted}${reached || few ? '' : ', MISSED'})`;

function inMemory() {
  console.log('One record in memory');
  const times = benchmark('score', 'cpu_time');
  const micro = (name) => times[name].seconds * 1e6;
  const full = micro('full_trace_of_generated_records');
  line('scored with its full trace, microseconds', aim(full, 'under 2', full < 2));
  line('the same, three records of tests/cases in turn', micro('full_trace_of_the_cases').toFixed(2));
  line('graded without trace', micro('grades_of_generated_records').toFixed(2));
  line('its sheet read from JSON', micro('sheet_read_from_json').toFixed(2));
  const card = times.full_card_written.bytes;
  line('its full card written, MB/s', (card / 1e6).toFixed(0));
  line('  beside Boost.JSON writing the same, times as fast',
       (card / times.full_card_by_boost_json.bytes).toFixed(1));
}

function programs(file) {
  const bytes = statSync(file).size;
  const times = benchmark('programs', 'real_time', {GCP2_BENCH_RECORDS: file});
  const seconds = (name) => times[name].seconds;
  console.log('From start to end of --version, milliseconds');
  line('gcp2', (seconds('start_gcp2') * 1e3).toFixed(2));
  if (times.start_sqlite3) {
    const ratio = seconds('start_gcp2') / seconds('start_sqlite3');
    line('sqlite3', (seconds('start_sqlite3') * 1e3).toFixed(2));
    line('  gcp2 in times of it', aim(ratio, 'at most 2', ratio <= 2));
  }
  console.log(`NDJSON of ${records} records, ${Math.round(bytes / records)} bytes each, to /dev/null`);
  const speed = (name) => line(name.replaceAll('_', ' '),
      `${(bytes / seconds(name) / 1e6).toFixed(0)} MB/s, ` +
      `${Math.round(records / seconds(name)).toLocaleString('en')} records/s`);
  speed('bare_read');
  speed('grades_on_one_core');
  const half = seconds('bare_read') / seconds('grades_on_one_core');
  line('  in times of the bare read', aim(half, 'at least 0.5', half >= 0.5));
  if (times.grades_on_two_cores) {
    speed('grades_on_two_cores');
    const twice = seconds('grades_on_one_core') / seconds('grades_on_two_cores');
    line('  in times of one core', aim(twice, 'at least 1.9', twice >= 1.9));
  }
  speed('full_cards_on_one_core');
}

const peers = [
  {name: 'pandas', command: '/usr/bin/python3', script: 'pandas_peer.py', probe: ['-c', 'import pandas']},
  {name: 'data.table', command: 'Rscript', script: 'data_table_peer.R', probe: ['-e', 'library(data.table)']},
  {name: 'DuckDB', command: process.execPath, script: 'duckdb_peer.mjs',
   probe: ['-e', `require.resolve(${JSON.stringify(join(here, 'peers/node_modules/@duckdb/node-api'))})`]},
];

function rollUp(file) {
  console.log('The same roll-up, from a table in memory to a table of grades, seconds');
  const cards = join(work, 'cards.ndjson');
  run(program, ['score', '--ndjson', '--only', 'grades', file], openSync(cards, 'w'));
  const own = [];
  for (let round = 0; round < Number(rounds); ++round)
    own.push(Number(run(tool('tables'), [file, cards, work])));
  line('gcp2, with statuses and possible grades, 1 thread', median(own).toFixed(4));
  for (const {name, command, script, probe} of peers) {
    if (spawnSync(command, probe).status !== 0) {
      line(name, 'not installed, left out');
      continue;
    }
    const out = join(work, `${name}.csv`);
    const [version, ...times] =
        run(command, [join(here, 'peers', script), join(work, 'leaves.csv'), rounds, out]).trim().split('\n');
    if (!readFileSync(out).equals(readFileSync(join(work, 'grades.csv'))))
      throw new Error(`${name} gives other grades than gcp2`);
    const time = median(times.map(Number));
    line(`${name} ${version.replace(/^v/, '')}, same grades`,
         `${time.toFixed(3)}: gcp2 is ${(time / median(own)).toFixed(0)} times as fast`);
  }
}

function agreement() {
  console.log('Agreement of raters, one core, milliseconds');
  const times = benchmark('agreement', 'cpu_time');
  const milli = (name) => times[name].seconds * 1e3;
  line('all statistics of 1,000 subjects by 50 raters',
       milli('all_statistics_of_1000_subjects_and_50_raters').toFixed(0));
  const beside = (what, own, peer, command, script, probe, times, each) => {
    line(what, own.seconds < 1e-3 ? (own.seconds * 1e3).toFixed(5) : (own.seconds * 1e3).toFixed(1));
    if (spawnSync(command, probe).status !== 0) return line(peer, 'not installed, left out');
    const [first, ...seconds] =
        run(command, [join(here, 'peers', script), rounds, String(times)]).trim().split('\n');
    const [version, estimate] = first.split(' ');
    if (!(Math.abs(estimate - own.estimate) < 1e-9))
      throw new Error(`${peer} says ${estimate} and gcp2 ${own.estimate}`);
    const time = median(seconds.map(Number)) / times * each;
    const ratio = time / own.seconds;
    line(`${peer} ${version}, same estimate`, `${(time * 1e3).toFixed(2)}: gcp2 is ` +
        `${aim(ratio, 'at least 100', ratio >= 100)} times as fast`);
  };
  beside('ordinal alpha of 50 subjects by 200 raters, 10,000 samples',
         times.ordinal_alpha_with_10000_samples, 'numpy', '/usr/bin/python3', 'numpy_peer.py',
         ['-c', 'import numpy'], few ? 10 : 1000, 10_000);
  beside('quadratic kappa with its error, two raters, 50 subjects',
         times.weighted_kappa_of_two_raters, 'psych', 'Rscript', 'psych_peer.R',
         ['-e', 'library(psych)'], few ? 10 : 200, 1);
}

try {
  console.log(`${cpus()[0].model}, ${availableParallelism()} cores; ` +
      (few ? 'only to see that it runs: no figure means anything' : `medians of ${rounds}`));
  const file = join(work, 'records.ndjson');
  run(tool('records'), [records], openSync(file, 'w'));
  inMemory();
  programs(file);
  rollUp(file);
  agreement();
} finally {
  rmSync(work, {recursive: true});
}
