/** The address of the account's functions: that of the account page; the other two are a step below it. Whatever stands before it is kept. */
const root = location.origin + location.pathname.replace(/\/+$/, '').replace(/\/(confirm|reset-password)$/i, '');

/** What the server, or the way to it, has against a request. The message is for people. */
class Problem extends Error {
  constructor({ type, title, detail, errors }, retryAfter) {
    const name = (type ?? '').replace('urn:lovage:problem:', '');
    super(name === 'too-many-tries' ? `That was tried too often. Try again in ${timeOf(retryAfter)}.` : detail ?? title ?? 'The server could not do that. Try again later.');
    this.type = name;
    this.errors = errors ?? {};
  }
}

function timeOf(seconds) {
  if (!(seconds > 90)) return 'a minute';
  return seconds > 5400 ? `${Math.ceil(seconds / 3600)} hours` : `${Math.ceil(seconds / 60)} minutes`;
}

/** Asks a function. Gives its answer, null if it has no content, or throws a problem. */
async function ask(method, path, body, token) {
  const headers = {};
  if (body) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  let answer;
  let content;
  try {
    answer = await fetch(`${root}/${path}`, { method, headers, body: body && JSON.stringify(body), cache: 'no-store' });
    content = /json/.test(answer.headers.get('Content-Type')) ? await answer.json() : null;
  } catch {
    throw new Problem({ detail: 'The server does not answer. Look whether you are online, and try again.' });
  }
  if (!answer.ok) throw new Problem(content ?? {}, Number(answer.headers.get('Retry-After')));
  return content;
}
