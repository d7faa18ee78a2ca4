/** What a reference stands for; all references of the document are within it. */
function resolve(node) {
  let found = node;
  for (let hops = 0; found?.$ref && hops < 20; hops++) {
    const rest = { ...found };
    delete rest.$ref;
    const target = found.$ref.slice(2).split('/').reduce((at, step) => at?.[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')], api);
    found = { ...target, ...rest };
  }
  return found ?? {};
}

/** A schema with what it refers to and consists of, in one. */
function whole(schema) {
  const resolved = resolve(schema);
  if (!resolved.allOf) return resolved;
  const merged = { ...resolved, properties: {}, required: [] };
  delete merged.allOf;
  for (const part of [...resolved.allOf.map(whole), { properties: resolved.properties, required: resolved.required }]) {
    for (const [name, value] of Object.entries(part.properties ?? {})) merged.properties[name] = { ...resolve(merged.properties[name]), ...value };
    merged.required.push(...(part.required ?? []));
    merged.type ??= part.type;
    merged.description ??= part.description;
  }
  return merged;
}

function nameOf(schema) {
  return schema?.$ref?.startsWith('#/components/schemas/') ? schema.$ref.split('/').at(-1) : null;
}

function typesOf(schema) {
  return [schema.type ?? []].flat();
}

function typeText(schema) {
  const at = whole(schema);
  const types = typesOf(at);
  const orNull = types.includes('null') ? ' or null' : '';
  if (types.includes('array') && at.items) return `array of ${typeText(at.items)}${orNull}`;
  if (nameOf(schema) && types.includes('string')) return `${nameOf(schema)}${orNull}`;
  if (!types.length && at.oneOf) return at.oneOf.map(typeText).join(' or ');
  if ('const' in at) return JSON.stringify(at.const);
  const named = types.map(type => (type === 'string' || type.startsWith('int') || type === 'number') && at.format ? `${type} (${at.format})` : type);
  return named.join(' or ') || 'anything';
}

/** What limits a value, in short pieces. */
function limitsOf(schema) {
  const at = whole(schema);
  const limits = [];
  // A type's own bounds are in its name; only narrower ones are worth a word.
  const isOwn = at.minimum < -100 && (at.minimum % 2 === 0 || !Number.isSafeInteger(at.minimum)) && at.maximum > 100;
  const least = isOwn ? undefined : at.minimum;
  const most = isOwn ? undefined : at.maximum;
  if (least !== undefined && most !== undefined) limits.push(`${count(least)} to ${count(most)}`);
  else if (least !== undefined) limits.push(`at least ${count(least)}`);
  else if (most !== undefined) limits.push(`at most ${count(most)}`);
  if (at.exclusiveMinimum !== undefined) limits.push(`more than ${count(at.exclusiveMinimum)}`);
  if (at.exclusiveMaximum !== undefined) limits.push(`less than ${count(at.exclusiveMaximum)}`);
  limits.push(span(at.minLength, at.maxLength, 'characters'), span(at.minItems, at.maxItems, 'elements'), span(at.minProperties, at.maxProperties, 'entries'));
  if (at.enum) limits.push(`one of ${at.enum.map(value => (value === null ? 'null' : String(value))).join(', ')}`);
  if (at.pattern && !at.description) limits.push(`matches ${at.pattern}`);
  if (at.default !== undefined && at.default !== null) limits.push(`default ${JSON.stringify(at.default)}`);
  if (at.examples?.length && !typesOf(at).includes('boolean')) limits.push(`such as ${typeof at.examples[0] === 'string' ? at.examples[0] : JSON.stringify(at.examples[0])}`);
  return limits.filter(Boolean);
}

function count(number) {
  return typeof number === 'number' && Math.abs(number) >= 10000 ? number.toLocaleString('en') : String(number);
}

function span(least, most, unit) {
  if (least && most !== undefined) return `${count(least)} to ${count(most)} ${unit}`;
  if (least === 1 && most === undefined) return 'not empty';
  if (least) return `at least ${count(least)} ${unit}`;
  return most === undefined ? null : `at most ${count(most)} ${unit}`;
}

/** The fields of an object, and what is in them; a type within itself is only named. */
function fieldList(schema, seen = []) {
  const at = whole(schema);
  const alternatives = at.oneOf ?? at.anyOf?.filter(one => one.$ref);
  if (alternatives?.length) {
    return alternatives.flatMap((one, i) => [
      make('p', { class: 'either' }, i ? 'or ' : 'Either ', ...prose(resolve(one).description?.replace(/\.$/, '') ?? `\`${nameOf(one) ?? typeText(one)}\``)),
      ...fieldList(one, seen),
    ]);
  }
  const fields = at.prefixItems?.map((item, i) => [String(i + 1), item, i < (at.minItems ?? 0)])
    ?? Object.entries(at.properties ?? {}).map(([name, value]) => [name, value, at.required?.includes(name)]);
  if (!fields.length) return at.items && whole(at.items).properties ? fieldList(at.items, seen) : [];
  return [make('ul', { class: 'fields' }, fields.map(([name, value, isRequired]) => fieldItem(name, value, isRequired, [...seen, nameOf(schema)])))];
}

function fieldItem(name, schema, isRequired, seen) {
  const at = whole(schema);
  const inner = at.items ?? schema;
  const holdsItself = nameOf(inner) && seen.includes(nameOf(inner));
  const hasInner = whole(inner).properties && !holdsItself && seen.length < 6;
  return make('li', {},
    make('div', { class: 'signature' },
      make('span', { class: 'name' }, name),
      make('span', { class: 'type' }, typeText(schema)),
      isRequired ? make('span', { class: 'must' }, 'required') : make('span', { class: 'may' }, 'not always'),
      limitsOf(schema).map(limit => make('span', { class: 'limit' }, limit))),
    at.description && make('p', {}, ...prose(at.description)),
    hasInner && fieldList(inner, seen));
}

/** A value that fits, for a form to begin with. */
function exampleOf(schema) {
  const at = whole(schema);
  if (at.default !== undefined && at.default !== null) return at.default;
  if (at.examples?.length) return at.examples[0];
  if (at.enum) return at.enum[0];
  const type = typesOf(at)[0];
  if (type === 'integer' || type === 'number') return Math.min(Math.max(1, at.minimum ?? at.exclusiveMinimum ?? 1), at.maximum ?? Infinity);
  if (type === 'boolean') return true;
  if (type === 'array') return at.minItems || whole(at.items ?? {}).properties ? [exampleOf(at.items ?? {})] : [];
  if (type === 'object') return Object.fromEntries(Object.entries(at.properties ?? {}).filter(([name, value]) => at.required?.includes(name) || value.examples).map(([name, value]) => [name, exampleOf(value)]));
  if (at.format === 'date-time') return '2027-01-31T08:00:00Z';
  if (at.format === 'uuid') return '0199d5a0-5f5e-7c3a-8a51-0d6f5f0f9a11';
  if (at.format === 'uri') return 'https://localhost/';
  return 'text'.padEnd(at.minLength ?? 0, 'x').slice(0, at.maxLength ?? 100);
}
