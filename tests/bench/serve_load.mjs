#!/usr/bin/env node
// serve_load.mjs GCP2 [--users N] [--seconds N] [--think N] [--accounts N] [--postgres URL/]: people
// who all save answers at once through `gcp2 serve`, as browsers with the page's script do: each has
// a record of their own and saves one answer every THINK seconds. Prints how long the server took to
// say "saved", and whether every answer that it said so of is there at the end.
// --postgres: the address of a server to make a database on; without it the store is a file.
// Exit 0 nothing lost, 1 something is.
import { createHmac, randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import http from 'node:http';
import { parseArgs } from 'node:util';
import { Served, passphrase } from '../browser/served.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    users: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    think: { type: 'string', default: '5' },
    accounts: { type: 'string', default: '10' },
    postgres: { type: 'string' },
  },
});
const [gcp2] = positionals;
const users = Number(values.users);
const think = Number(values.think) * 1000;
const leaves = ['A1a', 'A1b', 'A1c', 'A1d'];
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let records;
if (values.postgres) {
  const database = `load_${randomUUID().replaceAll('-', '')}`;
  const made = spawnSync('psql', ['-q', new URL('postgres', values.postgres).href, '-c', `create database ${database}`]);
  if (made.status !== 0) throw new Error(`no database: ${made.stderr}`);
  records = new URL(database, values.postgres).href;
}
// Behind a reverse proxy, which here is the client itself: HTTP, and no link for each browser.
const host = 'load.example';
const port = 20000 + Math.floor(Math.random() * 12000);
const served = new Served(gcp2, {
  records,
  options: ['--listen', '127.0.0.1', '--port', String(port), '--host', host, '--proxy', '127.0.0.1'],
  ready: /for everybody/,
});
await served.start();
const names = Array.from({ length: Number(values.accounts) }, (_, i) => `teacher${i}`);
for (const name of names) served.employ(name, 'practitioner');

/** A browser: one connection, one cookie, the token of the page that it saw last. */
class Browser {
  #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  #cookie = '';
  token = '';

  request(method, path, fields, headers = {}) {
    const body = fields && new URLSearchParams({ token: this.token, ...fields }).toString();
    return new Promise((resolve, reject) => {
      const sent = http.request(
        {
          agent: this.#agent,
          host: '127.0.0.1',
          port,
          method,
          path,
          headers: {
            Host: host,
            Cookie: this.#cookie,
            ...(body === undefined
              ? {}
              : {
                  Origin: `https://${host}`,
                  'Content-Type': 'application/x-www-form-urlencoded',
                  'Content-Length': Buffer.byteLength(body),
                }),
            ...headers,
          },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (data) => {
            text += data;
          });
          answer.on('end', () => {
            const [cookie] = answer.headers['set-cookie'] ?? [];
            if (cookie) this.#cookie = cookie.split(';')[0];
            const token = text.match(/name="token" value="([0-9a-f]+)"/);
            if (token) this.token = token[1];
            resolve({ status: answer.statusCode, location: answer.headers.location, text });
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  get(path) {
    return this.request('GET', path);
  }

  post(path, fields, headers) {
    return this.request('POST', path, fields, headers);
  }
}

function codeFor(key) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replaceAll(' ', '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const at = hash.at(-1) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

/** Answers until it is over; gives the milliseconds of each, and the last grade of each leaf. */
async function work(browser, record, until) {
  const taken = [];
  const path = `${record}/answers/A1`;
  const page = await browser.get(path);
  const bases = Object.fromEntries(leaves.map((leaf) => [leaf, page.text.match(new RegExp(`name="base.${leaf}" value="([^"]*)"`))[1].replaceAll('&quot;', '"')]));
  const grades = {};
  await pause(Math.random() * think);
  for (let turn = 0; Date.now() < until; turn += 1) {
    const leaf = leaves[turn % leaves.length];
    const grade = String(1 + ((turn + Math.floor(turn / leaves.length)) % 5));
    const began = performance.now();
    const saved = await browser.post(path, { [`base.${leaf}`]: bases[leaf], [`grade.${leaf}`]: grade }, { Accept: 'application/json' });
    taken.push(performance.now() - began);
    if (saved.status !== 200) throw new Error(`not saved: ${saved.status} ${saved.text}`);
    bases[leaf] = JSON.parse(saved.text).bases[leaf];
    grades[leaf] = grade;
    await pause(Math.max(0, think * (0.5 + Math.random()) - taken.at(-1)));
  }
  return { taken, grades };
}

try {
  // Everybody logs in before anybody sets up a second step: the first log-in of an account asks for
  // no code.
  const people = [];
  for (let i = 0; i < users; i += 1) {
    const browser = new Browser();
    await browser.get('/log-in');
    const entered = await browser.post('/log-in', { name: names[i % names.length], passphrase, code: '' });
    if (entered.status !== 303) throw new Error(`not logged in: ${entered.text}`);
    people.push({ browser });
  }
  for (const [i, person] of people.entries()) {
    const { browser } = person;
    const offered = await browser.get('/second-step');
    await browser.post('/second-step', { code: codeFor(offered.text.match(/class="key">([A-Z2-7 ]+)</)[1]) });
    await browser.get('/start');
    const started = await browser.post('/start', { instrument: 'gcp', ref: `L-${i}`, name: `Example ${i}`, born: '2017-06-21', from: '2026-01-12', to: '2026-02-06', consent: 'given' });
    if (!started.location?.startsWith('/records/')) throw new Error(`not started: ${started.status} ${started.text}`);
    person.record = started.location;
  }
  const until = Date.now() + Number(values.seconds) * 1000;
  const done = await Promise.all(people.map(({ browser, record }) => work(browser, record, until)));
  let lost = 0;
  for (const [i, { grades }] of done.entries()) {
    const page = await people[i].browser.get(`${people[i].record}/answers/A1`);
    for (const [leaf, grade] of Object.entries(grades))
      if (!page.text.includes(`name="grade.${leaf}" value="${grade}" checked`)) lost += 1;
  }
  const taken = done.flatMap((each) => each.taken).sort((a, b) => a - b);
  const at = (share) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))].toFixed(1);
  console.log(
    `${records ? 'PostgreSQL' : 'SQLite'}: ${users} users, ${taken.length} answers in ${values.seconds} s; ` +
      `median ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms; lost ${lost}`,
  );
  process.exitCode = lost === 0 ? 0 : 1;
} finally {
  await served.stop();
}
