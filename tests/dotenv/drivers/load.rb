# Loads .env files with Ruby's dotenv or with foreman: load.rb KIND FOLDER < LIST; see ../README.md.
# dotenv runs the commands of $(...): there is no PATH to find one in, and root becomes nobody.
PRESET = { 'OUTER' => 'outerval' }.freeze

kind, folder = ARGV
$LOAD_PATH.unshift(folder)
if kind == 'foreman'
	module Foreman; end
	$LOADED_FEATURES << 'foreman.rb'
	require 'foreman/env'
else
	require 'dotenv'
	require 'dotenv/environment'
	require 'dotenv/parser'
end
LOADERS = {
	'dotenv' => ->(path) { Dotenv.load(path) },
	'foreman' => lambda { |path|
		Foreman::Env.new(path).entries { |name, value| ENV[name] = value }
		# foreman starts its processes through a shell script, and sh does not hand on such names.
		ENV.delete_if { |name, _| name.match?(/\A[0-9]/) }
	}
}.freeze

def hex(text)
	text.unpack1('H*')
end

$stdout.sync = true
paths = $stdin.read.split("\n")
if Process.uid.zero?
	Process::Sys.setgid(65534)
	Process::Sys.setuid(65534)
end
paths.each do |path|
	ENV.replace(PRESET.merge('PATH' => '/nonexistent'))
	begin
		LOADERS.fetch(kind).call(path)
		changed = ENV.to_h.reject { |name, value| name == 'PATH' || PRESET[name] == value }
		puts (['OK'] + changed.map { |name, value| "#{hex(name)}=#{hex(value)}" }).join(' ')
	rescue StandardError, ScriptError
		puts 'ERROR'
	end
end
