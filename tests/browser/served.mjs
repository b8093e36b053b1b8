// A demonstration store with sample families, and the program that serves it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../../schemas/samples');

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const passphrase = 'four quiet words of ours';

export class Served {
  #folder = mkdtempSync(join(tmpdir(), 'gcp2-served-'));
  #program;
  #said = '';
  #given;

  #options;
  #ready;

  /** `records`: another place than a file; `options`: further ones of `gcp2 serve`; `ready`: what it then says. */
  constructor(gcp2, { records, options = [], ready = /\/enter\// } = {}) {
    this.gcp2 = gcp2;
    const file = join(this.#folder, 'records');
    this.store = ['--store', records ?? file, ...(records ? ['--ring', `${file}.ring`] : [])];
    this.#options = options;
    this.#ready = ready;
  }

  /** The first run makes the store, asking for what a person at the terminal is asked for. */
  async start() {
    this.#program = spawn(
      this.gcp2,
      ['serve', ...this.store, ...this.#options, '--as', 'sue', '--administrator', 'adam', '--demonstration', '--passphrase-fd', '3'],
      { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
    );
    const answers = this.#program.stdio[3];
    answers.on('error', () => {});
    answers.write(`${passphrase}\n${passphrase}\n`);
    for (const stream of [this.#program.stdout, this.#program.stderr])
      stream.on('data', (data) => {
        this.#said += data;
      });
    const key = await this.#await(/^ +((?:[2-9A-Z]{5} )+[2-9A-Z]{2,5}) *$/m, this.#ready);
    if (key) answers.write(`${key[1]}\n`);
    await this.#await(this.#ready);
  }

  /** The link that was printed last; one that was used is not given again while another may yet be printed. */
  async link() {
    await this.#await(/\/enter\/[0-9a-f]+/);
    const last = () => this.#said.match(/http:\S+\/enter\/[0-9a-f]+/g).at(-1);
    for (let i = 0; i < 50 && last() === this.#given; i += 1) await pause(100);
    this.#given = last();
    return this.#given;
  }

  /** Another part of `gcp2 store`, as somebody. */
  run(who, ...words) {
    const done = spawnSync(this.gcp2, ['store', ...words, ...this.store, '--as', who, '--passphrase-fd', '0'], {
      input: `${passphrase}\n${passphrase}\n`,
      encoding: 'utf8',
    });
    if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr}`);
    return done.stdout;
  }

  /** Grants keys where the role has any. */
  employ(name, role) {
    const made = this.run('adam', 'user', 'add', name, '--role', role);
    // Accounts of other roles have nothing that is compared.
    const fingerprint = made.match(/\d{4}(?: \d{4})+/)?.[0];
    if (fingerprint) this.run('sue', 'grant', name, '--fingerprint', fingerprint);
  }

  /** Records of the samples as they are. */
  add(who, ...names) {
    this.run(who, 'add', ...names.map((name) => join(samples, `${name}.json`)));
  }

  /** Two records of one child, signed: before the day of their review, which in the samples passes. */
  sign(who) {
    for (const name of ['first', 'second']) {
      const record = JSON.parse(readFileSync(join(samples, `${name}.json`), 'utf8'));
      record.review_on = new Date(Date.now() + 60 * 86400e3).toISOString().slice(0, 10);
      const copy = join(this.#folder, `${name}.json`);
      writeFileSync(copy, JSON.stringify(record));
      this.run(who, 'add', copy);
      this.run(who, 'sign', record.id, '--by', 'P1');
    }
  }

  async stop() {
    const ended = new Promise((resolve) => this.#program.once('exit', resolve));
    this.#program.kill('SIGTERM');
    await ended;
    rmSync(this.#folder, { recursive: true });
  }

  async #await(...wanted) {
    for (let i = 0; i < 600; i += 1) {
      for (const pattern of wanted) {
        const found = this.#said.match(pattern);
        if (found) return pattern === wanted[0] ? found : null;
      }
      if (this.#program.exitCode !== null) break;
      await pause(100);
    }
    throw new Error(`not said: ${wanted}\n${this.#said}`);
  }
}
