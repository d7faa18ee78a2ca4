async function loadProfile() {
  say(byId('loading'), 'One moment …');
  showProfile(await askSignedIn('GET', 'profile'));
  show('profile');
}

function showProfile({ name, email, registeredAt }) {
  byId('profileName').value = name;
  byId('profileEmail').textContent = email;
  byId('deleteEmail').value = email;
  byId('profileSince').textContent = `since ${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date(registeredAt))}`;
}

onSubmit(byId('loading'), loadProfile);

onSubmit(byId('profile'), async ({ name }) => {
  showProfile(await askSignedIn('PUT', 'profile', { name: name.trim() }));
  say(byId('profile'), 'Saved.');
});

onSubmit(byId('signOut'), async () => {
  await askSignedIn('POST', 'sign-out');
  leave('You are signed out, here and everywhere else.');
});

onSubmit(byId('delete'), async fields => {
  try {
    await askSignedIn('POST', 'delete', fields);
  } catch (problem) {
    if (problem.type !== 'sign-in-refused') throw problem;
    throw new Problem({ detail: 'Nothing was deleted.', errors: { password: ['It is not the password of this account, or too many wrong ones have locked it for a while.'] } });
  }
  keepToken(null);
  show('deleted');
  byId('delete').reset();
});
