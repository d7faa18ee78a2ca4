const finalStates = ['succeeded', 'failed', 'cancelled', 'expired'];

/** An input for a parameter or an argument, and how to read it: undefined is "left out". */
function inputFor(operation, place, name, schema, isRequired) {
  const at = whole(schema);
  const types = typesOf(at);
  const id = `${operation.operationId}-${place}-${name}`;
  const common = { id, required: isRequired, 'aria-describedby': null };
  const placeholder = at.default !== undefined && at.default !== null ? JSON.stringify(at.default) : isRequired ? null : 'left out';
  const isNumber = types.includes('integer') || types.includes('number');
  let control;
  if (at.enum || types.includes('boolean')) {
    const values = (at.enum ?? [true, false]).filter(value => value !== null);
    control = make('select', common, isRequired ? null : make('option', { value: '' }, placeholder), values.map(value => make('option', { value: JSON.stringify(value) }, String(value))));
  } else if (isNumber) {
    control = make('input', { ...common, type: 'number', min: at.minimum, max: at.maximum, step: types.includes('integer') ? 1 : 'any', placeholder });
  } else if (types.includes('string')) {
    control = make('input', { ...common, type: 'text', minlength: at.minLength, maxlength: at.maxLength, placeholder, spellcheck: 'false' });
  } else {
    control = make('textarea', { ...common, placeholder: placeholder ?? 'JSON', spellcheck: 'false' });
  }
  if (isRequired && place !== 'path') control.value = typeof exampleOf(schema) === 'string' && control.tagName === 'INPUT' ? exampleOf(schema) : JSON.stringify(exampleOf(schema));
  // A field that says so begins on the safe side: a dry run.
  else if (types.includes('boolean') && at.examples) control.value = JSON.stringify(at.examples[0]);
  const read = () => {
    if (control.value === '' && !(isRequired && types.includes('string') && place === 'argument')) return undefined;
    if (types.includes('string') && control.tagName === 'INPUT') return control.value;
    if (isNumber) return Number(control.value);
    return JSON.parse(control.value);
  };
  const element = make('div', { class: control.tagName === 'TEXTAREA' || place === 'path' ? 'wide' : null },
    make('label', { for: id }, name, make('span', { class: 'type' }, typeText(schema), isRequired ? ', required' : '')), control);
  return { place, name, read, control, element };
}

function inputsOf(operation) {
  const body = operation.requestBody?.content?.['application/json']?.schema;
  const byName = body && (whole(body).oneOf ?? [body]).map(whole).find(one => one.properties);
  const inputs = (operation.parameters ?? []).map(resolve)
    .filter(parameter => parameter.name !== 'traceparent' && !isTwin(parameter))
    .map(parameter => inputFor(operation, parameter.in, parameter.name, parameter.schema, parameter.required === true));
  if (byName) inputs.push(...Object.entries(byName.properties).map(([name, schema]) => inputFor(operation, 'argument', name, schema, byName.required?.includes(name) ?? false)));
  else if (body) inputs.push(inputFor(operation, 'body', 'body', body, true));
  return inputs;
}

/** A page or a stream is not what this form can show. */
function answersJson(operation) {
  const types = Object.keys(resolve(operation.responses?.['200'])?.content ?? {});
  return types.length === 0 || types.some(type => type.includes('json'));
}

/** The form of an operation, its command line, and what came of it. */
function trialOf(operation) {
  const inputs = inputsOf(operation);
  const isFirst = input => input.place !== 'query' && input.place !== 'header';
  const [first, more] = [inputs.filter(isFirst), inputs.filter(input => !isFirst(input))];
  const outcome = make('div', { class: 'outcome', 'aria-live': 'polite' });
  const command = make('code');
  const submit = make('button', { type: 'submit', class: 'button strong' }, operation.isJob ? 'Run it' : 'Send');
  const show = () => {
    try {
      command.textContent = curlOf(operation, requestOf(operation, inputs));
      for (const { control } of inputs) control.classList.remove('wrong');
      return true;
    } catch {
      for (const { control, read } of inputs) {
        try { read(); } catch { control.classList.add('wrong'); }
      }
      return false;
    }
  };
  let running;
  const form = make('form', {
    class: 'trial',
    oninput: show,
    onsubmit: async event => {
      event.preventDefault();
      if (!show()) return;
      running?.abort();
      running = new AbortController();
      await run(operation, requestOf(operation, inputs), outcome, running);
    },
  },
  first.length ? make('div', { class: 'inputs' }, first.map(input => input.element)) : null,
  more.length ? fold('More to say of it', ` ${more.map(input => input.name).slice(0, 4).join(', ')}${more.length > 4 ? ' …' : ''}`, make('div', { class: 'inputs' }, more.map(input => input.element))) : null,
  make('div', { class: 'actions' }, submit),
  outcome);
  show();
  addEventListener('keyschange', show);
  return [
    make('h4', {}, 'Command line'),
    make('div', { class: 'shell' }, make('pre', { tabindex: '0' }, command), copyButton(() => command.textContent)),
    answersJson(operation) ? [make('h4', {}, 'Try it'), form] : null,
  ];
}

async function run(operation, request, outcome, running) {
  outcome.replaceChildren(make('p', { class: 'quiet' }, 'Asking …'));
  try {
    const answer = await send(operation, request, running.signal);
    const job = await showAnswer(outcome, answer);
    if (operation.isJob && answer.status === 202 && job?.id) await follow(job, outcome, running);
  } catch (error) {
    if (error.name !== 'AbortError') outcome.replaceChildren(make('p', { class: 'notice' }, `No answer: ${error.message}`));
  }
}

async function showAnswer(outcome, answer) {
  const text = await answer.text();
  let value;
  try { value = JSON.parse(text); } catch { value = undefined; }
  outcome.replaceChildren(
    make('div', { class: 'head' }, statusMark(answer.status), make('span', {}, answer.statusText || 'answered'), value?.state && stateMark(value.state)),
    text ? make('pre', { tabindex: '0' }, make('code', {}, value === undefined ? text.slice(0, 20000) : JSON.stringify(value, null, 2))) : '');
  return value;
}

/** Asks for the job until it has ended; each request waits a second for the end, so that few are made. */
async function follow(job, outcome, running) {
  const operation = { security: api.security };
  const request = { method: 'GET', url: `${root}/jobs/${encodeURIComponent(job.id)}?wait=1s`, headers: {} };
  while (!finalStates.includes(job.state)) {
    const answer = await send(operation, request, running.signal);
    job = await showAnswer(outcome, answer);
    if (!answer.ok || !job?.state) return;
    if (job.progress) outcome.append(make('progress', { value: job.progress.percent, max: 100, 'aria-label': 'Progress' }));
    if (!finalStates.includes(job.state)) outcome.append(cancelButton(job, operation));
  }
}

function cancelButton(job, operation) {
  const button = make('button', { type: 'button', class: 'button', onclick: async () => {
    button.disabled = true;
    await send(operation, { method: 'DELETE', url: `${root}/jobs/${encodeURIComponent(job.id)}`, headers: {} });
  } }, 'Cancel the job');
  return make('div', {}, button);
}

function stateMark(state) {
  return make('span', { class: `state ${finalStates.includes(state) ? state : ''}` }, state);
}

function statusMark(status) {
  return make('span', { class: `status ${status < 300 ? 'good' : status < 400 ? 'moved' : 'bad'}` }, String(status));
}
