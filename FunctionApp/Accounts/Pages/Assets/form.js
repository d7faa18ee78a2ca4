// All text goes into the page as text: nothing here reads markup.

/** Lets a form send its fields by a function. While that runs, it is not sent again; the button keeps the focus. */
function onSubmit(form, send) {
  const outcome = document.createElement('p');
  outcome.className = 'outcome';
  outcome.setAttribute('role', 'status');
  form.querySelector('.actions').before(outcome);
  for (const input of form.querySelectorAll('.field input')) addError(input);
  for (const row of form.querySelectorAll('.secret')) addToggle(row);

  let busy = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (busy) return;
    tidy(form);
    form.setAttribute('aria-busy', busy = true);
    try {
      await send(Object.fromEntries(new FormData(form)));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      showProblem(form, problem);
    } finally {
      form.setAttribute('aria-busy', busy = false);
    }
  });
}

/** Says what came of it, under the form's fields. Read aloud by screen readers. */
function say(form, text, isBad = false) {
  const outcome = form.querySelector('.outcome');
  outcome.classList.toggle('bad', isBad);
  outcome.textContent = text;
}

function showProblem(form, problem) {
  const rest = [];
  for (const [name, messages] of Object.entries(problem.errors)) {
    const input = form.elements.namedItem(name);
    if (input) mark(input, messages.join(' '));
    else rest.push(...messages);
  }
  say(form, [problem.message, ...rest].join(' '), true);
  form.querySelector('[aria-invalid]')?.focus();
}

/** As before it was sent: nothing marked, nothing said, and passwords hidden, lest browsers keep them like other text. */
function tidy(form) {
  say(form, '');
  for (const input of form.querySelectorAll('[aria-invalid]')) mark(input, '');
  for (const button of form.querySelectorAll('.secret button')) setShown(button, false);
}

function mark(input, message) {
  if (message) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
  byId(`${input.id}Error`).textContent = message;
}

function addError(input) {
  const error = document.createElement('p');
  error.className = 'error';
  error.id = `${input.id}Error`;
  input.closest('.field').append(error);
  input.setAttribute('aria-describedby', [error.id, input.getAttribute('aria-describedby')].filter(Boolean).join(' '));
  input.addEventListener('input', () => mark(input, ''));
}

function addToggle(row) {
  const button = document.createElement('button');
  button.type = 'button';
  row.append(button);
  setShown(button, false);
  button.addEventListener('click', () => setShown(button, row.querySelector('input').type === 'password'));
}

function setShown(button, isShown) {
  button.parentElement.querySelector('input').type = isShown ? 'text' : 'password';
  button.textContent = isShown ? 'Hide' : 'Show';
  button.setAttribute('aria-label', isShown ? 'Hide the password' : 'Show the password');
}
