// The schemas: read, compiled, and closed (further keys refused) to find what is not described.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** All files below a folder whose name ends so, as paths relative to it. */
export function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(ending))
    .sort();
}

/** Every schema of the folder: {path, folder, version, schema}. */
export function readSchemas(root) {
  return filesBelow(root, '.schema.json').map((path) => {
    const [folder, version] = path.split('/');
    return { path, folder, version, schema: readJson(join(root, path)) };
  });
}

/** The same schema, where every object that it describes refuses further keys. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([k, v]) => [k, closed(v)]));
  const describes = schema.description !== undefined && schema.properties !== undefined;
  // A header is a whole assessment; closing it would refuse what it refers to.
  return describes && schema.allOf?.[0].$ref?.startsWith('urn:') !== true
    ? { ...copy, unevaluatedProperties: false }
    : copy;
}

/** A function (urn, value) that gives what the schema of that urn finds wrong, as lines. */
export function compile({ Ajv, addFormats }, schemas, { close = false } = {}) {
  const ajv = new Ajv({ strict: true, allErrors: true });
  addFormats(ajv);
  for (const { schema } of schemas) ajv.addSchema(close ? closed(schema) : schema);
  return (urn, value) => {
    const check = ajv.getSchema(urn);
    if (check === undefined) return [`there is no schema ${urn}`];
    if (check(value)) return [];
    return check.errors.map(
      (e) => `${e.instancePath || '/'} ${e.message} ${e.params.unevaluatedProperty ?? ''}`,
    );
  };
}

/** Properties without a description, outside of conditions (which only repeat keys). */
export function undescribed(schema, at = '') {
  if (schema === null || typeof schema !== 'object') return [];
  const found = [];
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    const place = `${at}/${key}`;
    if (typeof value.description !== 'string' || !value.description.trim()) found.push(place);
    found.push(...undescribed(value, place));
  }
  if (schema.items) found.push(...undescribed(schema.items, `${at}/*`));
  for (const [name, value] of Object.entries(schema.$defs ?? {}))
    if (value.description) found.push(...undescribed(value, `${at}#${name}`));
  return found;
}
