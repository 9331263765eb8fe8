// A backend on ari-client, which ends the whole process when it is turned away.
'use strict';

require('dotenv').config();
const client = require('ari-client');

const url = process.env.ASTERISK_ARI_URL.replace(/\/ari$/, '');
client.connect(url, process.env.ASTERISK_ARI_USERNAME, process.env.ASTERISK_ARI_PASSWORD, (error, ari) => {
	if (error)
		throw error;
	ari.start('dialer', () => console.log('[dialer] started'));
});
