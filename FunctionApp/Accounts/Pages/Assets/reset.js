onSubmit(byId('ask'), fields => useLink('reset-password', fields));

onSubmit(byId('again'), async fields => say(byId('again'), (await ask('POST', 'forgot-password', fields)).message));

openLink({ focus: false });
