// Reads the reports of ./ with packages of npm: a line of JSON for each, {"report", "fault"}. The argument says how many findings
// each set-up has.
import fs from 'node:fs'
import * as core from '@actions/core'
import Ajv from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import {parse} from 'junit2json'
import MarkdownIt from 'markdown-it'

const counts = JSON.parse(process.argv[2])
const schemas = 'node_modules/@microsoft/jest-sarif/lib/schemas/'
const [schema] = fs.readdirSync(schemas)
const ajv = new Ajv({strict: false, unicodeRegExp: false})
addFormats(ajv)
const isSarif = ajv.compile(JSON.parse(fs.readFileSync(schemas + schema)))
const markdown = new MarkdownIt({html: true, linkify: true})

// The runner's own writer, given what the line says, writes the same line.
const again = line => {
	const [, kind, properties, message] = line.match(/^::(\w+) (.*?)::(.*)$/)
	const named = Object.fromEntries(properties.split(',').map(pair => pair.split(/=(.*)/s).map(decodeURIComponent)))
	let written = ''
	const write = process.stdout.write
	process.stdout.write = text => written += text
	core[kind](decodeURIComponent(message), {title: named.title, file: named.file, startLine: named.line, endLine: named.endLine,
	                                        startColumn: named.col, endColumn: named.endColumn})
	process.stdout.write = write
	return written.trimEnd()
}

const readers = {
	sarif: text => isSarif({version: 'none'}) ? 'all is taken' : isSarif(JSON.parse(text)) ? '' : JSON.stringify(isSarif.errors),
	junit: async (text, count) => {
		const suites = (await parse(text)).testsuite
		const cases = suites.flatMap(suite => suite.testcase).filter(one => one.name !== 'no faults found')
		return cases.length === count ? '' : `${cases.length} cases, ${count} findings`
	},
	github: (text, count) => {
		const lines = text.split('\n').slice(0, -1), findings = lines.filter(line => !line.startsWith('::notice title=changed'))
		const odd = lines.filter(line => again(line) !== line)
		return findings.length !== count ? `${findings.length} commands` : odd.length ? `${odd[0]}\n${again(odd[0])}` : ''
	},
	gitlab: (text, count) => JSON.parse(text).length === count ? '' : 'issues are missing',
	markdown: (text, count) => {
		const html = markdown.render(text)
		const tags = new Set([...html.matchAll(/<(\w+)/g)].map(found => found[1]))
		for (const tag of ['h3', 'p', 'code', 'br', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'ul', 'li']) tags.delete(tag)
		const rows = [...html.matchAll(/<tr>/g)].length
		return tags.size ? `tags: ${[...tags]}` : rows === (count ? count + 1 : 0) ? '' : `${rows} rows, ${count} findings`
	},
}

for (const [name, count] of Object.entries(counts))
	for (const [format, read] of Object.entries(readers))
		console.log(JSON.stringify({report: `${name}.${format}`, fault: await read(fs.readFileSync(`${name}.${format}`, 'utf8'), count)}))
