const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Every operation of the document, in its order. */
function operationsOf() {
  return Object.entries(api.paths).flatMap(([path, item]) => methods.filter(method => item[method]).map(method => ({
    ...item[method],
    method,
    path,
    parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])],
    isJob: item[method].tags?.[0] === api.tags[0].name,
  })));
}

function operationCard(operation) {
  return make('article', { class: 'card operation', id: operation.operationId, 'aria-labelledby': `${operation.operationId}-title` },
    make('div', { class: 'line' },
      make('span', { class: `method ${operation.method}` }, operation.method.toUpperCase()),
      make('span', { class: 'path' }, make('a', { href: `#${operation.operationId}` }, root + operation.path)),
      keyBadge(operation)),
    make('h3', { id: `${operation.operationId}-title` }, ...prose(operation.summary)),
    operation.description && make('p', {}, ...prose(operation.description)),
    bodyOf(operation),
    parametersOf(operation),
    answersOf(operation),
    trialOf(operation));
}

function keyBadge(operation) {
  const security = operation.security ?? api.security ?? [];
  if (!security.length || security.some(one => !Object.keys(one).length)) return make('span', { class: 'badge' }, 'no key');
  return security.every(one => one.operatorKey) ? make('span', { class: 'badge' }, 'operator key') : null;
}

function bodyOf(operation) {
  const schema = operation.requestBody?.content?.['application/json']?.schema;
  if (!schema) return null;
  const forms = (whole(schema).oneOf ?? [schema]).map(whole);
  const byName = forms.find(form => form.properties) ?? forms[0];
  const names = Object.keys(byName.properties ?? {});
  const title = operation.isJob ? 'Arguments' : 'Body';
  return [
    make('h4', {}, title),
    names.length || !operation.isJob ? fieldList(byName) : make('p', { class: 'quiet' }, 'It takes none.'),
    operation.isJob && names.length ? make('p', { class: 'quiet either' }, 'By name as an object, or by position as an array: ', make('code', {}, `[${names.join(', ')}]`)) : null,
  ];
}

function parametersOf(operation) {
  const all = operation.parameters.map(resolve);
  const twins = new Map(all.filter(isTwin).map(parameter => [parameter.description.split('`')[1], parameter.name]));
  const parameters = all.filter(parameter => !isTwin(parameter));
  if (!parameters.length) return null;
  const places = { query: 'In the query', header: 'A header', path: 'In the path' };
  const list = make('ul', { class: 'fields' }, parameters.map(parameter => {
    const place = `${places[parameter.in]}${twins.has(parameter.name) ? `, or the header \`${twins.get(parameter.name)}\`` : ''}.`;
    return fieldItem(parameter.name, { $ref: parameter.schema.$ref, ...(parameter.schema.$ref ? {} : parameter.schema), description: `${parameter.description ?? ''} ${place}` }, parameter.required, []);
  }));
  return fold(parameters.length === 1 ? 'One parameter' : `${parameters.length} parameters`, ` ${parameters.slice(0, 4).map(parameter => parameter.name).join(', ')}${parameters.length > 4 ? ' …' : ''}`, list);
}

/** A header that says what a parameter of the query says. */
function isTwin(parameter) {
  return parameter.in === 'header' && /^`\w+` as a header/.test(parameter.description ?? '');
}

function answersOf(operation) {
  const answers = Object.entries(operation.responses ?? {}).map(([status, answer]) => [status, resolve(answer)]);
  return fold('Answers', ` ${answers.map(([status]) => status).join(', ')}`, make('ul', { class: 'answers' }, answers.map(([status, answer]) => {
    const schema = Object.values(answer.content ?? {})[0]?.schema;
    const fields = schema ? fieldList(schema) : [];
    const problems = problemTypes(schema);
    const line = [statusMark(Number(status)), make('span', { class: 'what' }, ...prose(answer.description), problems.length ? [' ', problems.map(type => [make('code', {}, type), ' '])] : '')];
    return make('li', {}, fields.length ? make('details', {}, make('summary', {}, line), make('div', {}, fields)) : make('div', {}, line));
  })));
}

function problemTypes(schema) {
  if (!schema) return [];
  const type = whole(schema).properties?.type;
  return (type?.const ? [type.const] : type?.enum ?? []).filter(value => value.startsWith('urn:'));
}
