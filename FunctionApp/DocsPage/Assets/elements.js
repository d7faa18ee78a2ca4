// All text of the document goes into the page as text: nothing here reads markup.

/** Makes an element. Attributes by name; a name with "on" listens; what is null, undefined or false is left out. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false && child !== ''));
  return element;
}

/** Text in which code is between backticks. */
function prose(text) {
  return (text ?? '').split('`').map((piece, i) => (i % 2 ? make('code', {}, piece) : piece));
}

function copyButton(textOf) {
  const button = make('button', {
    type: 'button',
    class: 'button',
    onclick: async () => {
      try {
        await navigator.clipboard.writeText(textOf());
        button.textContent = 'Copied';
      } catch {
        // Without TLS browsers keep the clipboard to themselves.
        getSelection().selectAllChildren(button.parentElement.querySelector('pre'));
        button.textContent = 'Selected';
      }
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    },
  }, 'Copy');
  return button;
}

function fold(title, note, ...content) {
  return make('details', { class: 'fold' }, make('summary', {}, title, note && make('span', { class: 'quiet' }, note)), ...content);
}
