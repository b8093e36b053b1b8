// duckdb_peer.mjs LEAVES ROUNDS OUT: the roll-up in DuckDB. Prints the version, then the seconds of
// each round from table to grades; OUT gets the grades.
import {DuckDBInstance, version} from '@duckdb/node-api';

const [leaves, rounds, out] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

// A grade above 3 takes over; else the most frequent one, of several the worst.
const rollUp = (table, node) => `
  SELECT record, ${node}, CASE WHEN max(grade) > 3 THEN max(grade)
                               ELSE arg_max(grade, children * 10 + grade) END AS grade
  FROM (SELECT record, ${node}, grade, count(*) AS children FROM ${table}
        WHERE grade IS NOT NULL GROUP BY ALL)
  GROUP BY record, ${node}`;

console.log(version());
await connection.run(`CREATE TABLE leaves AS FROM read_csv(${quoted(leaves)})`);
for (let round = 0; round < Number(rounds); ++round) {
  await connection.run('DROP TABLE IF EXISTS grades');
  const start = performance.now();
  await connection.run(`CREATE TABLE grades AS
    WITH sub_areas AS MATERIALIZED (${rollUp('leaves', 'sub_area')}),
         parts AS (SELECT record, sub_area[1] AS area, grade FROM sub_areas),
         areas AS (${rollUp('parts', 'area')})
    SELECT record, area AS node, grade FROM areas
    UNION ALL SELECT record, sub_area, grade FROM sub_areas`);
  console.log(((performance.now() - start) / 1000).toFixed(6));
}
await connection.run(`COPY (FROM grades ORDER BY record, node) TO ${quoted(out)} (HEADER)`);
