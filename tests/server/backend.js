// A call center's backend as people write them: settings by dotenv, events over a WebSocket that is opened again and again,
// REST calls on top of it.
'use strict';

require('dotenv').config();
const http = require('http');
const WebSocket = require('ws');

const url = process.env.ASTERISK_ARI_URL;
const user = process.env.ASTERISK_ARI_USERNAME;
const password = process.env.ASTERISK_ARI_PASSWORD;
const app = process.env.ASTERISK_ARI_APP;

function endpoints() {
	const request = http.get(`${url}/endpoints`, {auth: `${user}:${password}`}, (answer) => {
		let body = '';
		answer.on('data', (data) => (body += data));
		answer.on('end', () => {
			if (answer.statusCode === 200)
				console.log('[ARI] endpoints:', JSON.parse(body).length);
			else
				console.error('[ARI] endpoints failed:', answer.statusCode, body.trim());
		});
	});
	request.on('error', (error) => console.error('[ARI] endpoints failed:', error.message));
}

function connect() {
	const key = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
	const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/events?app=${app}&api_key=${key}`);
	socket.on('open', () => console.log('[ARI] WebSocket connected'));
	socket.on('message', (message) => console.log('[ARI] event', JSON.parse(message).type));
	socket.on('error', (error) => console.error('[ARI] WebSocket error:', error));
	socket.on('close', () => setTimeout(connect, 1000));
	endpoints();
}

console.log('[ARI] connecting to', url);
connect();
