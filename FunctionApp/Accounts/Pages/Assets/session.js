// Who is signed in, for this tab alone. sessionStorage keeps the token over a reload and forgets it with the tab. localStorage would leave it on a machine that others use,
// and a cookie would go with requests that other sites make; this token goes with none but those made here.
const tokenName = `token of ${root}`;

let token = readToken();

function readToken() {
  try {
    return sessionStorage.getItem(tokenName);
  } catch {
    // Where storage is forbidden, memory is enough until the page is left.
    return null;
  }
}

function keepToken(value) {
  token = value;
  try {
    if (value) sessionStorage.setItem(tokenName, value);
    else sessionStorage.removeItem(tokenName);
  } catch {
    // As above.
  }
}

/** Asks as the one who is signed in. A token that is not good any more is forgotten, and the page asks to sign in. */
async function askSignedIn(method, path, body) {
  try {
    return await ask(method, path, body, token);
  } catch (problem) {
    // Not on every 401: a wrong password for deleting is one too.
    if (problem.type === 'not-signed-in') leave('You are no longer signed in. Sign in again.');
    throw problem;
  }
}

/** Forgets who was signed in. */
function leave(message) {
  keepToken(null);
  history.replaceState(null, '', '#sign-in');
  openPlace();
  say(byId('signIn'), message);
}
