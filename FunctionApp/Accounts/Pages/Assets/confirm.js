onSubmit(byId('ask'), () => useLink('confirm'));

onSubmit(byId('again'), async fields => say(byId('again'), (await ask('POST', 'resend', fields)).message));

openLink({ focus: false });
