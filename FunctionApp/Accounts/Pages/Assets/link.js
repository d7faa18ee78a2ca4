const notWhole = 'A part of its address is missing. Open it from the mail once more.';

/** What the link of the mail holds. */
let secret = takeSecret();

// It is taken out of the address at once: neither the history nor who looks at the screen, or gets a copy of the address, shall have it.
function takeSecret() {
  const fields = new URLSearchParams(location.hash.slice(1));
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  return fields.get('user') && fields.get('token') ? { user: fields.get('user'), token: fields.get('token') } : null;
}

function openLink(options) {
  if (secret) show('ask', options);
  else showBad(notWhole, options);
}

/** Sends what the link holds, and the form's fields. */
async function useLink(path, fields) {
  try {
    await ask('POST', path, { ...secret, ...fields });
  } catch (problem) {
    if (problem.type !== 'link-not-valid' && !problem.errors?.user && !problem.errors?.token) throw problem;
    return showBad(problem.type === 'link-not-valid' ? 'It was used before, or it is too old, or a newer one was sent.' : notWhole);
  }
  secret = null;
  show('done');
}

function showBad(why, options) {
  byId('why').textContent = why;
  show('bad', options);
}

// Another link opened in the same tab: the page stays.
addEventListener('hashchange', () => {
  secret = takeSecret() ?? secret;
  openLink();
});
