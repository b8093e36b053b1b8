// The engine's table of the assessment's shape (engine/assessment/shape.cpp) beside the schema.
import { readFileSync } from 'node:fs';

/** {words: {name: [word]}, fields: {array: [{key, kind, shape, words, required}]}, shapes: {}} */
export function readShapes(path) {
  const source = readFileSync(path, 'utf8');
  const words = {};
  for (const [, name, body] of source.matchAll(/constexpr Words (\w+)\[\] = \{([^}]*)\};/g))
    words[name] = [...body.matchAll(/"([^"]*)"/g)].map((m) => m[1]);
  const fields = {};
  for (const [, name, body] of source.matchAll(/constexpr Field (\w+)\[\] = \{([\s\S]*?)\n\};/g))
    fields[name] = [...body.matchAll(/\{([^{}]*)\}/g)].map(([, text]) => ({
      key: /\.key = "([^"]*)"/.exec(text)[1],
      kind: /\.kind = (\w+)/.exec(text)[1],
      shape: /\.shape = &(\w+)/.exec(text)?.[1],
      words: /\.words = (\w+)/.exec(text)?.[1],
      required: /\.required = true/.test(text),
    }));
  const shapes = {};
  for (const [, name, list] of source.matchAll(/constexpr Shape (\w+)\{"[\w ]+", (\w+)\};/g))
    shapes[name] = list;
  return { words, fields, shapes };
}

const types = {
  text: 'string',
  uuid: 'string',
  date: 'string',
  instant: 'string',
  flag: 'boolean',
  grade: 'integer',
  texts: 'array',
  object: 'object',
  objects: 'array',
};

/** Every difference between the table and the assessment's schema, as lines. */
export function shapeDifferences(table, schema) {
  const differences = [];
  const resolve = (part) =>
    part?.$ref === undefined ? part : { ...schema.$defs[part.$ref.split('/').at(-1)], ...part };
  const sorted = (list) => [...list].sort().join(' ');

  function field(place, { kind, words, shape }, property) {
    const of = (part) => [part.type].flat().filter((type) => type !== 'null');
    if (sorted(of(property)) !== types[kind])
      differences.push(`${place}: ${kind} in the engine, ${of(property)} in the schema`);
    const item = kind === 'texts' || kind === 'objects' ? resolve(property.items) : property;
    if (kind === 'texts' && item.type !== 'string')
      differences.push(`${place}: no list of texts in the schema`);
    if (kind === 'date' && property.format !== 'date')
      differences.push(`${place}: no date in the schema`);
    if (kind === 'instant' && property.format !== 'date-time')
      differences.push(`${place}: no instant in the schema`);
    if (kind === 'uuid' && !property.pattern?.includes('[0-9a-f]{12}'))
      differences.push(`${place}: no UUID in the schema`);
    if (kind === 'grade' && (property.minimum !== 1 || property.maximum !== 5))
      differences.push(`${place}: not the grades 1 to 5 in the schema`);
    const listed = [item.enum ?? item.const ?? []].flat().filter((word) => word !== null);
    // The format's own word stands in a header file of the engine.
    const known = words === 'formats' ? listed : (table.words[words] ?? []);
    if (sorted(known) !== sorted(listed))
      differences.push(
        `${place}: words ${sorted(known)} in the engine, ${sorted(listed)} in the schema`,
      );
    if (shape !== undefined) object(place, shape, item);
  }

  function object(place, shape, part) {
    const rows = table.fields[table.shapes[shape]];
    const keys = Object.keys(part.properties);
    for (const row of rows) {
      const at = `${place}/${row.key}`;
      if (!keys.includes(row.key)) differences.push(`${at}: not in the schema`);
      else field(at, row, resolve(part.properties[row.key]));
      if (row.required !== (part.required ?? []).includes(row.key))
        differences.push(`${at}: required in ${row.required ? 'the engine' : 'the schema'} only`);
    }
    for (const key of keys)
      if (!rows.some((row) => row.key === key))
        differences.push(`${place}/${key}: not in the engine`);
  }

  object('', 'assessment', schema);
  return differences;
}
