// Loaded into Azurite (node --require): counts the requests that its HTTP servers get, and answers GET /request-counts with the counts by itself.
// Counting here costs nothing that could be measured; a proxy in front of Azurite would cost as much as what is measured.
'use strict';
const http = require('node:http');

const counts = new Map();
const original = http.Server.prototype.emit;

http.Server.prototype.emit = function (event, request, response) {
  if (event !== 'request') return original.apply(this, arguments);
  if (request.url === '/request-counts') {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(Object.fromEntries(counts)));
    return true;
  }
  // "POST /devstoreaccount1/jobs/messages": the message's id and the query are left out.
  const key = `${request.method} ${request.url.split('?')[0].split('/').slice(0, 4).join('/')}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
  return original.apply(this, arguments);
};
