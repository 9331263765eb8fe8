// A client on vscode-languageserver-protocol, which VS Code stands on: `client.cjs ARILINT FOLDER`.
const { spawn } = require("child_process");
const { readFileSync } = require("fs");
const { pathToFileURL } = require("url");
const lsp = require("vscode-languageserver-protocol/node");
const { TextDocument } = require("vscode-languageserver-textdocument");

const [arilint, root] = process.argv.slice(2);
const counts = { passed: 0, failed: 0 };
const check = (met, words) => {
	counts[met ? "passed" : "failed"]++;
	if (!met) console.log(`FAIL client.cjs: ${words}`);
};
const uriOf = (path) => pathToFileURL(`${root}/${path}`).href;
const textOf = (path) => readFileSync(`${root}/${path}`, "utf8");

// One server, and the diagnostics that it has published.
class Client {
	constructor() {
		this.process = spawn(arilint, ["lsp"], { stdio: ["pipe", "pipe", "inherit"], cwd: root });
		this.connection = lsp.createProtocolConnection(
			new lsp.StreamMessageReader(this.process.stdout), new lsp.StreamMessageWriter(this.process.stdin));
		this.ended = new Promise((resolve) => this.process.on("exit", resolve));
		this.published = new Map();
		this.waiting = [];
		this.connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) => {
			this.published.set(`${params.uri} ${params.version}`, params.diagnostics);
			for (const look of this.waiting.splice(0)) look();
		});
		this.connection.onRequest(lsp.RegistrationRequest.type, (params) => { this.registered = params.registrations; });
		this.connection.listen();
	}
	async begin(locale) {
		const textDocument = { codeAction: { dataSupport: true, resolveSupport: { properties: ["edit"] } }, publishDiagnostics: { relatedInformation: true },
			hover: { contentFormat: ["markdown", "plaintext"] }, documentSymbol: { hierarchicalDocumentSymbolSupport: true } };
		const workspace = { workspaceEdit: { documentChanges: true }, didChangeWatchedFiles: { dynamicRegistration: true } };
		const greeting = await this.connection.sendRequest(lsp.InitializeRequest.type, {
			processId: process.pid, rootUri: pathToFileURL(root).href, locale, capabilities: { textDocument, workspace },
			workspaceFolders: [{ uri: pathToFileURL(root).href, name: "set-up" }],
		});
		await this.connection.sendNotification(lsp.InitializedNotification.type, {});
		return greeting.capabilities;
	}
	open(path, text = textOf(path)) {
		const document = TextDocument.create(uriOf(path), "ini", 1, text);
		this.connection.sendNotification(lsp.DidOpenTextDocumentNotification.type, {
			textDocument: { uri: document.uri, languageId: "ini", version: 1, text } });
		return document;
	}
	change(document, contentChanges) {
		const version = document.version + 1;
		this.connection.sendNotification(lsp.DidChangeTextDocumentNotification.type, {
			textDocument: { uri: document.uri, version }, contentChanges });
		return TextDocument.update(document, contentChanges, version);
	}
	// What is published of this version of a text.
	async diagnostics(document) {
		const name = `${document.uri} ${document.version}`;
		while (!this.published.has(name)) await new Promise((resolve) => this.waiting.push(resolve));
		return this.published.get(name);
	}
	ask(request, document, position, more = {}) {
		return this.connection.sendRequest(request.type, { textDocument: { uri: document.uri }, position, ...more });
	}
	actions(document, range, context = { diagnostics: [] }) {
		return this.connection.sendRequest(lsp.CodeActionRequest.type, { textDocument: { uri: document.uri }, range, context });
	}
	resolve(action) { return this.connection.sendRequest(lsp.CodeActionResolveRequest.type, action); }
	async end() {
		await this.connection.sendRequest(lsp.ShutdownRequest.type);
		await this.connection.sendNotification(lsp.ExitNotification.type);
		return this.ended;
	}
}

async function talk() {
	const client = new Client();
	const capabilities = await client.begin("ru");
	check(capabilities.textDocumentSync.change === lsp.TextDocumentSyncKind.Incremental, "texts are not synchronised by changes");
	check(capabilities.positionEncoding === lsp.PositionEncodingKind.UTF16, "positions are not in UTF-16");
	let document = client.open("backend/.env");
	const found = await client.diagnostics(document);
	check(found.length === 1 && found.every((one) => lsp.Diagnostic.is(one)), `no diagnostics: ${JSON.stringify(found)}`);
	check(document.getText(found[0].range) === "Wr0ngPass77x", "a diagnostic is not at the password");
	check(found[0].severity === lsp.DiagnosticSeverity.Error && /[а-я]/.test(found[0].message), "it is no error in Russian");
	check(found[0].relatedInformation.some((one) => one.location.uri === uriOf("etc/asterisk/ari.conf")), "the other side is not named");
	check(client.registered?.[0].method === "workspace/didChangeWatchedFiles", "files are not watched");

	const password = found[0].range.start;
	const shown = await client.ask(lsp.HoverRequest, document, password);
	check(lsp.Hover.is(shown) && shown.contents.kind === lsp.MarkupKind.Markdown, `hover: ${JSON.stringify(shown)}`);
	check(/dotenv: `<secret:/.test(shown.contents.value) && !/Wr0ng|Gz7q/.test(shown.contents.value), `hover: ${shown.contents.value}`);
	check(document.getText(shown.range) === "Wr0ngPass77x", "what is shown is not of the password");
	const defined = await client.ask(lsp.DefinitionRequest, document, password);
	check(defined.length === 1 && lsp.Location.is(defined[0]) && defined[0].uri === uriOf("etc/asterisk/ari.conf"), `defined: ${JSON.stringify(defined)}`);
	check(defined[0].range.start.line === 5, "the definition is not the password of ari.conf");
	const referred = await client.ask(lsp.ReferencesRequest, document, password, { context: { includeDeclaration: true } });
	check(referred.length === 2 && referred.every((one) => lsp.Location.is(one)), `references: ${JSON.stringify(referred)}`);
	const symbols = await client.ask(lsp.DocumentSymbolRequest, document);
	check(symbols.length === 4 && symbols.every((one) => lsp.DocumentSymbol.is(one)), `symbols: ${JSON.stringify(symbols)}`);
	const config = client.open("etc/asterisk/ari.conf", "[general]\nenabled = yes\n; 😀\n[backend]\ntype = user\nread");
	const items = await client.ask(lsp.CompletionRequest, config, { line: 5, character: 4 });
	check(items.length === 1 && items.every((one) => one.label && lsp.TextEdit.is(one.textEdit)), `completed by ${JSON.stringify(items)}`);
	check(TextDocument.applyEdits(config, [items[0].textEdit]).endsWith("\nread_only = "), "a key is completed by another text");
	client.connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, { textDocument: { uri: config.uri } });

	const actions = await client.actions(document, found[0].range, { diagnostics: found });
	check(actions.length === 3 && actions.every((one) => one.title && one.kind && !one.edit), `actions: ${JSON.stringify(actions)}`);
	for (const number of [0, 2]) {
		const resolved = await client.resolve(actions[number]);
		check(lsp.CodeAction.is(resolved) && lsp.WorkspaceEdit.is(resolved.edit), "no action with an edit");
		const mended = TextDocument.applyEdits(document, resolved.edit.documentChanges[0].edits);
		check(mended === textOf("backend/.env").replace("Wr0ngPass77x", "Gz7qLw93kPd2"), `${actions[number].title}: another text`);
	}
	const silenced = TextDocument.applyEdits(document, (await client.resolve(actions[1])).edit.documentChanges[0].edits);
	document = client.change(document, [{ text: silenced }]);
	check((await client.diagnostics(document)).length === 0, "a comment does not silence");

	// Many requests at once, all of them cancelled: each is answered, one way or the other.
	const source = new lsp.CancellationTokenSource();
	const params = { textDocument: { uri: document.uri }, range: found[0].range, context: { diagnostics: [] } };
	const many = Array.from({ length: 50 }, () => client.connection.sendRequest(lsp.CodeActionRequest.type, params, source.token));
	source.cancel();
	const codes = (await Promise.allSettled(many)).map((one) => one.reason?.code ?? 0);
	check(codes.every((code) => code === 0 || code === lsp.LSPErrorCodes.RequestCancelled), `cancelled: ${codes}`);
	check((await client.end()) === 0, "the server does not end as it should");
}

// Changes of parts lead where the whole text leads: random ones, in letters of one, two and more units.
async function type(seed) {
	const client = new Client();
	await client.begin("en");
	let random = seed;
	const below = (bound) => (random = (random * 1103515245 + 12345) % 2147483648) % bound;
	const words = ["x", "é", "😀", "\n", "\r\n", "=", "ARI_PASSWORD=", "#", "\"", "Gz7qLw93kPd2", "  ", "ARI_URL=http://h:1/ari\n", "\u2028", "\r"];
	let document = client.open("backend/.env");
	// No editor cuts a character or a line end in two.
	const whole = (text, at) => /[\ud800-\udbff]/.test(text[at - 1] ?? "") || text.slice(at - 1, at + 1) === "\r\n" ? at + 1 : at;
	for (let round = 0; round < 150; round++) {
		const text = document.getText();
		const start = whole(text, below(text.length + 1)), end = whole(text, Math.min(text.length, start + (below(4) ? 0 : below(12))));
		const range = { start: document.positionAt(start), end: document.positionAt(end) };
		document = client.change(document, [{ range, text: words[below(words.length)] }]);
		const typed = await client.diagnostics(document);
		document = client.change(document, [{ text: document.getText() }]);
		const anew = await client.diagnostics(document);
		check(JSON.stringify(typed) === JSON.stringify(anew), `seed ${seed}, round ${round}: ${JSON.stringify(typed)} is not ${JSON.stringify(anew)}`);
	}
	check((await client.end()) === 0, `seed ${seed}: the server does not end as it should`);
}

(async () => {
	await talk();
	for (const seed of [1, 2]) await type(seed);
	console.log(`${counts.passed} passed, ${counts.failed} failed`);
	process.exit(0);
})();
