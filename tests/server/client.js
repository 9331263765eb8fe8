// What a backend meets, `client.js NODE_MODULES`: each line of standard input is the path of a .env file, which is loaded
// by the real dotenv; ARI is asked over HTTP and over a WebSocket as backends do, and the two answers are printed as JSON.
'use strict';

const fs = require('fs');
const http = require('http');
const https = require('https');
const readline = require('readline');
const [modules] = process.argv.slice(2);
const dotenv = require(`${modules}/dotenv`);
const WebSocket = require(`${modules}/ws`);
const SECONDS = 10;
// Older versions of Node take ::1 for localhost, where these servers do not listen.
require('dns').setDefaultResultOrder('ipv4first');

function value(settings, names) {
	for (const name of names) {
		const key = Object.keys(settings).find((key) => key === name || key.endsWith(`_${name}`));
		if (key !== undefined)
			return settings[key];
	}
	return '';
}

// A code of an error is what logs show; the address in its message is left out, as it differs.
function cause(error) {
	return error.code === 'ECONNREFUSED' ? 'refused' : error.code || error.message;
}

function get(settings) {
	return new Promise((resolve) => {
		try {
			const url = new URL(`${settings.url}/asterisk/info`);
			const headers = {Authorization: 'Basic ' + Buffer.from(`${settings.user}:${settings.password}`).toString('base64')};
			const client = url.protocol === 'https:' ? https : http;
			const options = {headers, agent: false, timeout: SECONDS * 1000, rejectUnauthorized: false};
			const request = client.get(url, options, (answer) => {
				answer.resume();
				answer.on('end', () => resolve(String(answer.statusCode)));
				answer.on('error', (error) => resolve(cause(error)));
			});
			request.on('timeout', () => request.destroy(new Error('timeout')));
			request.on('error', (error) => resolve(cause(error)));
		} catch (error) {
			resolve(cause(error));
		}
	});
}

function open(settings) {
	return new Promise((resolve) => {
		try {
			const key = `${encodeURIComponent(settings.user)}:${encodeURIComponent(settings.password)}`;
			const url = `${settings.url.replace(/^http/, 'ws')}/events?app=check&api_key=${key}`;
			const socket = new WebSocket(url, {handshakeTimeout: SECONDS * 1000, rejectUnauthorized: false});
			socket.on('open', () => {
				socket.close();
				resolve('101');
			});
			socket.on('error', (error) => {
				const answered = /^Unexpected server response: (\d+)$/.exec(error.message);
				resolve(answered ? answered[1] : cause(error));
			});
		} catch (error) {
			resolve(cause(error));
		}
	});
}

async function answer(line) {
	const loaded = dotenv.parse(fs.readFileSync(line));
	const settings = {
		url: value(loaded, ['ARI_URL', 'ARI_BASE_URL']),
		user: value(loaded, ['ARI_USER', 'ARI_USERNAME']),
		password: value(loaded, ['ARI_PASSWORD', 'ARI_PASS', 'ARI_SECRET']),
	};
	const [info, events] = await Promise.all([get(settings), open(settings)]);
	process.stdout.write(JSON.stringify({info, events}) + '\n');
}

let before = Promise.resolve();
readline.createInterface({input: process.stdin}).on('line', (line) => {
	before = before.then(() => answer(line));
});
