// Starts the language server that the extension brings along, or the arilint that is set, and starts it anew when a setting changes.
const path = require("path");
const { commands, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

// What may have a role: which of them has one, the server knows.
const patterns = ["**/*.conf", "**/.env*", "**/*.env", "**/*.ini", "**/*compose*.{yml,yaml}"];
const documentSelector = patterns.map((pattern) => ({ scheme: "file", pattern }));

let client;
let turn = Promise.resolve();

function serverOptions(context) {
	const settings = workspace.getConfiguration("arilint");
	const installed = settings.get("path"), language = settings.get("language");
	const options = [...(language ? [`--lang=${language}`] : []), ...settings.get("options")];
	return installed ? { command: installed, args: ["lsp", ...options] } :
		{ command: path.join(context.extensionPath, "bin", "arilint-lsp"), args: options };
}

async function stop() {
	const ending = client;
	client = undefined;
	// One that could not be started can't be stopped either.
	await ending?.dispose().catch(() => {});
}

// One after the other: a server is not left behind when settings change in a row. What keeps one from starting, the client shows.
function restart(context) {
	turn = turn.then(async () => {
		await stop();
		client = new LanguageClient("arilint", "arilint", serverOptions(context), { documentSelector });
		await client.start().catch(() => {});
	});
	return turn;
}

function activate(context) {
	context.subscriptions.push(
		commands.registerCommand("arilint.restart", () => restart(context)),
		workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("arilint") ? restart(context) : undefined));
	return restart(context);
}

const deactivate = () => (turn = turn.then(stop));

module.exports = { activate, deactivate };
