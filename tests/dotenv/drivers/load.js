// Loads .env files with one npm library, or with node itself: node load.js KIND FOLDER... < LIST
// The folders are where the packages were unpacked. Prints a line for each file of the list: see ../README.md.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');

const preset = { OUTER: 'outerval' };

// What a load has changed in process.env.
async function changed(load) {
	for (const name of Object.keys(process.env))
		delete process.env[name];
	Object.assign(process.env, preset);
	await load();
	return Object.entries(process.env).filter(([name, value]) => preset[name] !== value);
}

function config(dotenv, file, options) {
	const result = dotenv.config({ path: file, quiet: true, ...options });
	if (result.error)
		throw result.error;
	return result;
}

function nest([folder], options) {
	const { ConfigModule } = require(folder);
	return (file) => changed(() => ConfigModule.forRoot({ envFilePath: file, ...options }));
}

const kinds = {
	dotenv: ([folder]) => {
		const dotenv = require(folder);
		return (file) => changed(() => config(dotenv, file));
	},
	fast: ([folder]) => {
		const dotenv = require(folder);
		return (file) => changed(() => config(dotenv, file, { fast: true }));
	},
	expand: ([folder, expander]) => {
		const dotenv = require(folder);
		const { expand } = require(expander);
		return (file) => changed(() => expand(config(dotenv, file)));
	},
	nest: (folders) => nest(folders, {}),
	'nest-expand': (folders) => nest(folders, { expandVariables: true }),
	'env-cmd': async ([folder]) => {
		const { parseEnvString } = await import(pathToFileURL(path.join(folder, 'dist', 'parse-env-file.js')));
		return (file) => Object.entries(parseEnvString(fs.readFileSync(file, 'utf8')));
	},
	node: () => (file) => changed(() => process.loadEnvFile(file)),
	none: () => () => Object.entries(process.env),
};

async function line(read) {
	try {
		const hex = (text) => Buffer.from(String(text)).toString('hex');
		return 'OK' + (await read()).map(([name, value]) => ` ${hex(name)}=${hex(value)}`).join('');
	} catch {
		return 'ERROR';
	}
}

async function main() {
	const [kind, ...folders] = process.argv.slice(2);
	const files = kind === 'none' ? [''] : fs.readFileSync(0, 'utf8').split('\n').filter(Boolean);
	const load = await kinds[kind](folders);
	for (const file of files)
		fs.writeSync(1, await line(() => load(file)) + '\n');
}

main();
