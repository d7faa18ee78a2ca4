const places = ['sign-in', 'register', 'forgot'];

/** Shows what stands behind the # of the address; who is signed in sees their profile instead. */
function openPlace(options) {
  const place = places.find(name => location.hash === `#${name}`) ?? places[0];
  const isSignedIn = token && place !== 'forgot';
  byId('tabs').hidden = isSignedIn || place === 'forgot';
  for (const tab of byId('tabs').children) {
    if (tab.hash === `#${place}`) tab.setAttribute('aria-current', 'page');
    else tab.removeAttribute('aria-current');
  }
  show(isSignedIn ? 'loading' : place, options);
  if (isSignedIn) byId('loading').requestSubmit();
}

onSubmit(byId('signIn'), async fields => {
  try {
    keepToken((await ask('POST', 'sign-in', fields)).accessToken);
  } catch (problem) {
    if (problem.type !== 'address-not-confirmed') throw problem;
    byId('tabs').hidden = true;
    return showMailbox('Confirm your address first', `Follow the link in the mail that was sent to ${fields.email}, or let it be sent again.`, 'resend', fields.email);
  }
  openPlace();
  // Now, not before: password managers look at what a form held when it went away.
  byId('signIn').reset();
});

onSubmit(byId('register'), async fields => {
  await ask('POST', 'register', { ...fields, name: fields.name.trim() });
  byId('tabs').hidden = true;
  showMailbox('Look into your mailbox', `A mail to ${fields.email} is on its way. Follow the link in it, and your account is ready.`, 'resend', fields.email);
  byId('register').reset();
});

onSubmit(byId('forgot'), async fields => {
  await ask('POST', 'forgot-password', fields);
  showMailbox('Look into your mailbox', `If there is an account with the address ${fields.email}, a mail is on its way. Its link lets you choose a new password.`, 'forgot-password', fields.email);
});

addEventListener('hashchange', () => openPlace());

// A link to where the address is already: the browser does nothing then.
document.addEventListener('click', event => {
  const link = event.target.closest('a[href^="#"]');
  if (link && link.hash === location.hash) openPlace();
});

openPlace({ focus: false });
