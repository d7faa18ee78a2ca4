/** The address of the API: that of this page, a step up. */
const root = location.pathname.replace(/\/docs\/*$/i, '');

// In memory alone: neither storage nor the address bar may keep them.
const keys = { function: takeKeyFromAddress(), operator: '' };

function takeKeyFromAddress() {
  const address = new URL(location.href);
  const key = address.searchParams.get('code') ?? '';
  if (address.searchParams.has('code')) {
    address.searchParams.delete('code');
    history.replaceState(null, '', address);
  }
  return key;
}

function keyHeaders(operation) {
  const security = operation?.security ?? api.security ?? [];
  const headers = {};
  if (keys.function && security.length) headers['x-functions-key'] = keys.function;
  if (keys.operator && security.some(one => one.operatorKey)) headers['x-operator-key'] = keys.operator;
  return headers;
}

/** What the filled form asks for. Throws an error with the input that cannot be read. */
function requestOf(operation, inputs) {
  const request = { method: operation.method.toUpperCase(), path: operation.path, headers: {}, body: undefined };
  const query = new URLSearchParams();
  for (const { place, name, read } of inputs) {
    const value = read();
    if (value === undefined) continue;
    if (place === 'path') request.path = request.path.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === 'query') query.append(name, value);
    else if (place === 'header') request.headers[name] = value;
    else if (place === 'body') request.body = value;
    else (request.body ??= {})[name] = value;
  }
  if (operation.requestBody) {
    request.headers['Content-Type'] = 'application/json';
    request.body ??= {};
  }
  request.url = root + request.path + (query.size ? `?${query}` : '');
  return request;
}

async function send(operation, request, signal) {
  return fetch(request.url, {
    method: request.method,
    headers: { ...request.headers, ...keyHeaders(operation) },
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
    cache: 'no-store',
    signal,
  });
}

/** The request for a shell. Keys are variables: a copied line must not hold one. */
function curlOf(operation, request) {
  const quote = text => `'${text.replaceAll("'", "'\\''")}'`;
  const isStream = operation.responses?.['200']?.content?.['text/event-stream'];
  const parts = [isStream ? 'curl -sN' : 'curl -s'];
  if (request.method !== 'GET') parts.push(`-X ${request.method}`);
  parts.push(quote(location.origin + request.url));
  const shown = keyHeaders(operation);
  if (shown['x-functions-key']) parts.push('-H "x-functions-key: $FUNCTION_KEY"');
  if (shown['x-operator-key']) parts.push('-H "x-operator-key: $OPERATOR_KEY"');
  for (const [name, value] of Object.entries(request.headers)) parts.push(`-H ${quote(`${name}: ${value}`)}`);
  if (request.body !== undefined) parts.push(`-d ${quote(JSON.stringify(request.body))}`);
  return parts.join(' ');
}
