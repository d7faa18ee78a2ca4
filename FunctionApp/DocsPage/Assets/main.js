let api = {};

const byId = id => document.getElementById(id);

async function load() {
  const answer = await fetch(`${root}/openapi.json`, { headers: keys.function ? { 'x-functions-key': keys.function } : {} });
  if (answer.status === 401) throw new Error('The document asks for a function key. Give one under Keys.');
  if (!answer.ok) throw new Error(`The document cannot be read: ${answer.status} ${answer.statusText}`);
  return answer.json();
}

function showDocument() {
  document.title = api.info.title;
  byId('title').textContent = api.info.title;
  const operations = operationsOf();
  const jobs = operations.filter(operation => operation.isJob).length;
  byId('intro').replaceChildren(
    make('h1', {}, api.info.title),
    make('p', {}, ...prose(api.info.description)),
    make('p', { class: 'quiet' }, `${jobs} ${jobs === 1 ? 'job' : 'jobs'}, ${operations.length - jobs} other operations. `, make('a', { href: `${root}/openapi.json`, onclick: openDocument }, 'The document'), ` is OpenAPI ${api.openapi}.`));
  const groups = api.tags.map(tag => ({ ...tag, operations: operations.filter(operation => operation.tags?.[0] === tag.name) })).filter(group => group.operations.length);
  byId('links').replaceChildren(...groups.flatMap(group => [make('h2', {}, group.name), make('ul', {}, group.operations.map(operation => make('li', {}, linkTo(operation))))]));
  byId('operations').replaceChildren(...groups.map(group => make('section', { class: 'group' },
    make('h2', {}, group.name), make('p', {}, ...prose(group.description)), group.operations.map(operationCard))));
  byId('notice').hidden = true;
  markCurrent();
  if (location.hash.length > 1) byId(location.hash.slice(1))?.scrollIntoView();
}

function linkTo(operation) {
  return make('a', { href: `#${operation.operationId}` },
    make('span', { class: `method ${operation.method}` }, operation.method === 'delete' ? 'DEL' : operation.method.toUpperCase()),
    make('span', { class: 'name' }, operation.isJob ? operation.path.replace('/jobs/', '') : operation.path));
}

// A link cannot carry a header, and the key shall not go back into an address.
async function openDocument(event) {
  if (!keys.function) return;
  event.preventDefault();
  const url = URL.createObjectURL(new Blob([JSON.stringify(api, null, 2)], { type: 'application/json' }));
  make('a', { href: url, download: 'openapi.json' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function markCurrent() {
  const links = new Map([...document.querySelectorAll('#links a')].map(link => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver(entries => {
    const seen = entries.filter(entry => entry.isIntersecting)[0];
    if (!seen) return;
    for (const link of links.values()) link.removeAttribute('aria-current');
    links.get(seen.target.id)?.setAttribute('aria-current', 'true');
  }, { rootMargin: '-15% 0px -70% 0px' });
  for (const card of document.querySelectorAll('.operation')) watcher.observe(card);
}

async function start() {
  byId('notice').hidden = false;
  try {
    api = await load();
    showDocument();
  } catch (error) {
    byId('notice').textContent = error.message;
  }
}

function watchKeys() {
  const mark = () => byId('keys').classList.toggle('used', Boolean(keys.function || keys.operator));
  byId('functionKey').value = keys.function;
  byId('keyForm').addEventListener('submit', event => {
    event.preventDefault();
    [keys.function, keys.operator] = [byId('functionKey').value.trim(), byId('operatorKey').value.trim()];
    byId('keys').open = false;
    mark();
    dispatchEvent(new Event('keyschange'));
    if (!api.paths) start();
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') byId('keys').open = false;
  });
  mark();
}

function watchTheme() {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const now = () => document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light');
  const name = () => { byId('theme').textContent = now() === 'dark' ? 'Light' : 'Dark'; };
  byId('theme').addEventListener('click', () => {
    document.documentElement.dataset.theme = now() === 'dark' ? 'light' : 'dark';
    name();
  });
  system.addEventListener('change', name);
  name();
}

function watchWidth() {
  const wide = matchMedia('(min-width: 861px)');
  const follow = () => { byId('contents').open = wide.matches; };
  wide.addEventListener('change', follow);
  byId('links').addEventListener('click', () => { if (!wide.matches) byId('contents').open = false; });
  follow();
}

watchKeys();
watchTheme();
watchWidth();
await start();
