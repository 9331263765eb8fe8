// The extension of VS Code as it is packed: `extension.cjs VSIX FOLDER ARILINT`. It is unpacked as VS Code does it, and runs on
// the stand-in beside this file: VS Code itself is no package of npm or Debian. ARILINT is an installed one.
const { execFileSync } = require("child_process");
const { chmodSync, createWriteStream, mkdirSync, readFileSync, readdirSync, readlinkSync } = require("fs");
const Module = require("module");
const path = require("path");
const { pipeline } = require("stream/promises");
const { promisify } = require("util");
const yauzl = require("yauzl");

const [vsix, folder, arilint] = process.argv.slice(2);
const root = path.join(folder, "set-up"), unpacked = path.join(folder, "unpacked"), bundled = path.join(unpacked, "extension/bin/arilint-lsp");
const counts = { passed: 0, failed: 0 };
const check = (met, words) => {
	counts[met ? "passed" : "failed"]++;
	if (!met) console.log(`FAIL extension.cjs: ${words}`);
};

// With the modes that the archive says.
async function unpack() {
	const names = [];
	const zip = await promisify(yauzl.open)(vsix, { lazyEntries: true });
	const write = async (entry) => {
		const to = path.join(unpacked, entry.fileName);
		names.push(entry.fileName);
		mkdirSync(path.dirname(to), { recursive: true });
		await pipeline(await promisify(zip.openReadStream.bind(zip))(entry), createWriteStream(to));
		chmodSync(to, (entry.externalFileAttributes >>> 16) & 0o777);
		zip.readEntry();
	};
	await new Promise((resolve, reject) => {
		zip.on("entry", (entry) => write(entry).catch(reject)).on("end", resolve).on("error", reject).readEntry();
	});
	return names;
}

function checkPackage(names) {
	const manifest = JSON.parse(readFileSync(path.join(unpacked, "extension/package.json"), "utf8"));
	const said = execFileSync(bundled, ["--version"], { encoding: "utf8" });
	check(said.startsWith(`arilint ${manifest.version}`), `the program is ${said}`);
	check(execFileSync(arilint, ["--version"], { encoding: "utf8" }).split("\n")[0] === said.split("\n")[0], "the program is of another version");
	check(!/interpreter|NEEDED/.test(execFileSync("readelf", ["-ld", bundled], { encoding: "utf8" })), "the program is not static");
	const target = process.arch === "x64" ? "linux-x64" : `linux-${process.arch}`;
	check(readFileSync(path.join(unpacked, "extension.vsixmanifest"), "utf8").includes(`TargetPlatform="${target}"`), "it is for another platform");
	for (const name of ["README.md", "LICENSE.txt", "extension.js", "package.json"]) check(names.includes(`extension/${name}`), `it lacks ${name}`);
	const strange = names.filter((name) => !/^(\[Content_Types\]\.xml|extension\.vsixmanifest|extension\/(bin\/arilint-lsp|README\.md|LICENSE\.txt|extension\.js|package\.json|node_modules\/.*))$/.test(name));
	check(strange.length === 0, `it holds ${strange}`);
	return manifest;
}

// The servers that run now: children of this process.
const servers = () => readdirSync("/proc").filter((name) => /^\d+$/.test(name)).filter((name) => {
	try {
		return readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1].split(" ")[1] === String(process.pid) && !/zombie/.test(readFileSync(`/proc/${name}/status`, "utf8"));
	} catch {
		return false;
	}
});
const wordsOf = (server) => readFileSync(`/proc/${server}/cmdline`, "utf8").split("\0").slice(0, -1);

async function until(met, words) {
	for (const end = Date.now() + 60000; !met() && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 20));
	check(met(), words);
}

async function work({ vscode, state, emitter, Editor }, extension, manifest) {
	const usual = Object.fromEntries(Object.entries(manifest.contributes.configuration.properties).map(([name, one]) => [name.replace("arilint.", ""), one.default]));
	const context = { extensionPath: path.join(unpacked, "extension"), subscriptions: [] };
	const set = (settings) => {
		state.settings = { ...usual, ...settings };
		return emitter("onDidChangeConfiguration").fire({ affectsConfiguration: (name) => name === "arilint" });
	};
	const text = (name) => readFileSync(path.join(root, name), "utf8");
	Object.assign(state, { root, settings: usual });
	await extension.activate(context);
	check(servers().length === 1 && wordsOf(servers()[0])[0] === bundled, "the program inside is not started");

	const env = new Editor(path.join(root, "backend/.env"), text("backend/.env"));
	new Editor(path.join(root, "notes.txt"), "password = x\n");
	const code = () => (env.found ?? []).map((one) => `${one.code?.value ?? one.code} ${env.document.getText(one.range)}`).join();
	await until(() => code() === "ari/password-drift Wr0ngPass77x", `opened: ${code()}`);
	check(state.diagnostics.size === 1, `texts of others are judged: ${[...state.diagnostics.keys()]}`);
	check(env.found[0].severity === vscode.DiagnosticSeverity.Error && env.found[0].source === "arilint", `a finding: ${JSON.stringify(env.found[0])}`);
	await until(() => state.registered.watched?.length > 1, "files are not watched");

	const provider = state.registered.registerCodeActionsProvider.at(-1)[1];
	const token = new vscode.CancellationTokenSource().token;
	const choose = async (words) => {
		const actions = await provider.provideCodeActions(env.seen, env.found[0].range, { diagnostics: env.found, only: undefined }, token);
		const action = actions.find((one) => one.title.includes(words));
		check(action, `no action ${words}: ${actions.map((one) => one.title)}`);
		const { edit } = await provider.resolveCodeAction(action, token);
		return env.apply(edit.texts.get(env.uri.toString()));
	};
	await choose("take the password of ari.conf");
	check(env.document.getText() === text("backend/.env").replace("Wr0ngPass77x", "Gz7qLw93kPd2"), "it is mended otherwise");
	await until(() => code() === "", `mended: ${code()}`);
	await env.apply([{ range: { start: env.document.positionAt(0), end: env.document.positionAt(0) }, newText: "ARI_PASSWORD=x\n" }]);
	await until(() => code() !== "", `typed: ${code()}`);

	state.diagnostics.clear();
	await set({ language: "ru", options: ["--ignore", "ari/password-drift"] });
	check(servers().length === 1 && wordsOf(servers()[0]).join(" ") === `${bundled} --lang=ru --ignore ari/password-drift`, `settings: ${servers().map(wordsOf)}`);
	await until(() => /[а-я]/.test(env.found?.[0]?.message), `no finding in Russian: ${JSON.stringify(env.found)}`);
	state.language = "uz";
	await Promise.all([set({ path: arilint }), state.commands.get("arilint.restart")(), set({ path: arilint })]);
	check(servers().length === 1 && readlinkSync(`/proc/${servers()[0]}/exe`) !== bundled, `an installed one: ${servers().map(wordsOf)}`);
	await until(() => /o[‘ʻ]|g[‘ʻ]|emas/.test(env.found?.[0]?.message), `no finding in Uzbek: ${JSON.stringify(env.found)}`);

	// What the page proposes.
	const page = readFileSync(path.join(__dirname, "../../README.md"), "utf8").split("\n## In an editor\n")[1].split("\n## ")[0];
	const proposed = Object.entries(JSON.parse(/```json\n(.*?)```/s.exec(page)[1])).map(([name, value]) => [name.replace("arilint.", ""), value]);
	check(proposed.every(([name]) => name in usual), `README.md: settings that there are not: ${proposed}`);
	await set(Object.fromEntries(proposed));
	check(servers().length === 1 && wordsOf(servers()[0]).length === 4, `README.md: ${servers().map(wordsOf)}`);

	await set({ path: path.join(root, "nowhere") });
	check(servers().length === 0 && state.shown.length === 1, `a program that is not there: ${state.shown}`);
	await set({});
	check(servers().length === 1, "it is not started again");
	await extension.deactivate();
	await until(() => servers().length === 0, "a server is left behind");
}

(async () => {
	const manifest = checkPackage(await unpack());
	const standIn = require("./vscode.cjs");
	const load = Module._load;
	Module._load = (name, ...words) => name === "vscode" ? standIn.vscode : load(name, ...words);
	await work(standIn, require(path.join(unpacked, "extension", manifest.main)), manifest);
	console.log(`${counts.passed} passed, ${counts.failed} failed`);
	process.exit(0);
})();
