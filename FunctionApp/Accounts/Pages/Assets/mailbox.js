let sendAgain = null;

/** Tells to look into the mailbox. */
function showMailbox(title, text, path, email) {
  byId('mailboxTitle').textContent = title;
  byId('mailboxText').textContent = text;
  tidy(byId('again'));
  sendAgain = () => ask('POST', path, { email });
  show('mailbox');
}

onSubmit(byId('again'), async () => say(byId('again'), (await sendAgain()).message));
