const byId = id => document.getElementById(id);

const views = [...document.querySelectorAll('[data-view]')];

/** Shows one of the page's views. Its heading gets the focus, so that it is read aloud; not when the page opens, which is read anyway. */
function show(name, { focus = true } = {}) {
  for (const view of views) view.hidden = view.dataset.view !== name;
  const heading = views.find(view => !view.hidden).querySelector('h1');
  document.title = heading.textContent;
  if (focus) heading.focus();
}

// By script, since relative ones would depend on whether the address of this page ends with a slash.
for (const link of document.querySelectorAll('[data-to]')) link.href = root + link.dataset.to;
