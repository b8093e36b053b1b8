// Counts checks and names those that failed.
export class Report {
  #name;
  #passed = 0;
  #failed = 0;

  constructor(name) {
    this.#name = name;
  }

  /** One check; `problems` are lines, none = passed. */
  check(name, problems) {
    if (problems.length === 0) {
      this.#passed += 1;
      return;
    }
    this.#failed += 1;
    console.error(`FAILED ${name}`);
    for (const problem of problems.slice(0, 10)) console.error(`  ${problem}`);
    if (problems.length > 10) console.error(`  and ${problems.length - 10} more`);
  }

  expect(name, truth, problem) {
    this.check(name, truth ? [] : [problem]);
  }

  /** Says the sum and gives the exit code. */
  end() {
    console.log(`${this.#name}: ${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 && this.#passed > 0 ? 0 : 1;
  }
}
