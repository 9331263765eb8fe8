// A stand-in for the module `vscode` that VS Code gives to extensions: as much of it as the client of the extension calls, with
// texts that a test opens and changes, and all that is registered kept for the test to call.
const { URI } = require("vscode-uri");
const { TextDocument } = require("vscode-languageserver-textdocument");

class Disposable {
	constructor(end = () => {}) { this.dispose = end; }
}

class EventEmitter {
	constructor() {
		this.listeners = new Set();
		this.event = (listener, self) => {
			const bound = listener.bind(self);
			this.listeners.add(bound);
			return new Disposable(() => this.listeners.delete(bound));
		};
	}
	fire(value) { return Promise.all([...this.listeners].map((listener) => listener(value))); }
	dispose() { this.listeners.clear(); }
}

class Position {
	constructor(line, character) { Object.assign(this, { line, character }); }
}
class Range {
	constructor(...ends) {
		const [start, end] = ends.length === 4 ? [new Position(ends[0], ends[1]), new Position(ends[2], ends[3])] : ends;
		Object.assign(this, { start, end });
	}
}
class Diagnostic {
	constructor(range, message, severity) { Object.assign(this, { range, message, severity }); }
}
class CodeAction {
	constructor(title, kind) { Object.assign(this, { title, kind }); }
}
class CodeActionKind {
	constructor(value) { this.value = value; }
	append(part) { return new CodeActionKind(this.value ? `${this.value}.${part}` : part); }
}
CodeActionKind.Empty = new CodeActionKind("");
class TextEdit {
	constructor(range, newText) { Object.assign(this, { range, newText }); }
}
class WorkspaceEdit {
	constructor() { this.texts = new Map(); }
	replace(uri, range, text) { this.set(uri, [...(this.texts.get(uri.toString()) ?? []), new TextEdit(range, text)]); }
	insert(uri, position, text) { this.replace(uri, new Range(position, position), text); }
	delete(uri, range) { this.replace(uri, range, ""); }
	set(uri, edits) { this.texts.set(uri.toString(), edits); }
}
class CancellationTokenSource {
	constructor() { this.token = { isCancellationRequested: false, onCancellationRequested: () => new Disposable() }; }
	cancel() { this.token.isCancellationRequested = true; }
	dispose() {}
}

const state = { settings: {}, language: "en", root: undefined, shown: [], registered: {}, commands: new Map(), diagnostics: new Map() };
const emitters = {};
const emitter = (name) => (emitters[name] ??= new EventEmitter());

// Patterns as VS Code takes them apart: "**/", "*" and "{a,b}".
const matches = (pattern, path) => new RegExp("^" + pattern.replace(/[.]/g, "\\.").replace(/\*\*\//g, "(.*/)?")
	.replace(/(?<!\.)\*(?!\/\)\?)/g, (star, at, whole) => whole.slice(at - 1, at + 3) === "(.*/" ? star : "[^/]*")
	.replace(/\{(.*?)\}/g, (_, words) => `(${words.replace(/,/g, "|")})`) + "$").test(path);

// What has no part in the test is there all the same: a member that is asked for is a function that registers.
const open = (members) => new Proxy(members, {
	get: (known, name) => name in known || typeof name === "symbol" ? known[name] :
		name.startsWith("on") ? emitter(name).event :
			(...words) => { (state.registered[name] ??= []).push(words); return new Disposable(); },
});

const documents = [];
const workspace = open({
	get textDocuments() { return documents; },
	get workspaceFolders() { return state.root && [{ uri: URI.file(state.root), name: "set-up", index: 0 }]; },
	notebookDocuments: [],
	getConfiguration: () => ({ get: (name, otherwise) => state.settings[name] ?? otherwise }),
	getWorkspaceFolder: () => undefined,
	createFileSystemWatcher: (pattern) => {
		(state.registered.watched ??= []).push(pattern);
		return { onDidCreate: () => new Disposable(), onDidChange: () => new Disposable(), onDidDelete: () => new Disposable(), dispose() {} };
	},
});

const languages = open({
	match: (selector, document) => [selector].flat().some((one) =>
		(!one.scheme || one.scheme === document.uri.scheme) && (!one.pattern || matches(one.pattern, document.uri.path))) ? 10 : 0,
	createDiagnosticCollection: () => ({
		set: (uri, found) => { state.diagnostics.set(uri.toString(), found); emitter("diagnosed").fire(); },
		delete: (uri) => state.diagnostics.delete(uri.toString()), clear: () => state.diagnostics.clear(), dispose() {},
	}),
});

const channel = { append() {}, appendLine() {}, error() {}, warn() {}, info() {}, debug() {}, trace() {}, clear() {}, show() {}, dispose() {} };
const show = async (words) => { state.shown.push(words); };
const window = open({
	tabGroups: { all: [], onDidChangeTabs: () => new Disposable(), onDidChangeTabGroups: () => new Disposable() },
	activeTextEditor: undefined, createOutputChannel: () => channel,
	showErrorMessage: show, showWarningMessage: show, showInformationMessage: show,
});

const commands = open({
	registerCommand: (name, run) => { state.commands.set(name, run); return new Disposable(() => state.commands.delete(name)); },
});

const module_ = { Disposable, EventEmitter, Position, Range, Diagnostic, CodeAction, CodeActionKind, TextEdit, WorkspaceEdit, Uri: URI,
	CancellationTokenSource, workspace, languages, window, commands, version: "1.82.0",
	DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 }, env: { get language() { return state.language; }, appName: "a stand-in" } };

// A text in the editor, changed as a user types.
class Editor {
	constructor(path, text) {
		this.uri = URI.file(path);
		this.document = TextDocument.create(this.uri.toString(), "properties", 1, text);
		this.seen = new Proxy(this, { get: (self, name) => name === "uri" ? self.uri : name === "isClosed" ? false :
			typeof self.document[name] === "function" ? self.document[name].bind(self.document) : self.document[name] });
		documents.push(this.seen);
		emitter("onDidOpenTextDocument").fire(this.seen);
	}
	apply(edits) {
		const changes = edits.map((edit) => ({ range: edit.range, text: edit.newText }));
		const contentChanges = changes.map((one) => ({ ...one, rangeOffset: this.document.offsetAt(one.range.start),
			rangeLength: this.document.offsetAt(one.range.end) - this.document.offsetAt(one.range.start) }));
		TextDocument.update(this.document, changes, this.document.version + 1);
		return emitter("onDidChangeTextDocument").fire({ document: this.seen, contentChanges });
	}
	get found() { return state.diagnostics.get(this.uri.toString()); }
}

// Everything else that begins with a capital is a class of nothing, or an enumeration.
module.exports = {
	vscode: new Proxy(module_, { get: (known, name) => name in known || typeof name === "symbol" || !/^[A-Z]/.test(name) ? known[name] :
		(known[name] = class {}) }),
	state, emitter, Editor,
};
