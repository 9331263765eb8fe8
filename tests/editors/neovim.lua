-- Neovim's own client, as a user drives it who has taken over the lines of the README: SNIPPET and ROOT are these and a set-up.
local passed, failed = 0, 0
local function check(met, words)
	if met then
		passed = passed + 1
	else
		failed = failed + 1
		io.stdout:write("FAIL neovim.lua: " .. words .. "\n")
	end
end

local function main()
	local root = vim.env.ROOT
	local env = root .. "/backend/.env"
	vim.cmd("cd " .. vim.fn.fnameescape(root))
	vim.cmd("luafile " .. vim.fn.fnameescape(vim.env.SNIPPET))
	vim.cmd("edit " .. vim.fn.fnameescape(env))
	local buffer = vim.api.nvim_get_current_buf()
	check(vim.wait(60000, function() return #vim.lsp.get_active_clients() == 1 end, 20), "the server is not started")
	local client = vim.lsp.get_active_clients()[1].id

	local function codes()
		return table.concat(vim.tbl_map(function(one) return one.code or one.user_data.lsp.code end, vim.diagnostic.get(buffer)), " ")
	end
	-- Waits until just that is shown.
	local function shows(wanted, words)
		local met = vim.wait(60000, function() return codes() == wanted end, 20)
		check(met, words .. ": shown is " .. codes())
	end
	local function line(number) return vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1] end

	-- Chooses the action whose title holds these words, as the menu of vim.lsp.buf.code_action() does.
	local function choose(words)
		local chosen = false
		vim.ui.select = function(items, _, choice)
			for _, item in ipairs(items) do
				if not chosen and (item.action or item[2]).title:find(words, 1, true) then
					chosen = true
					choice(item)
				end
			end
		end
		vim.lsp.buf.code_action()
		check(vim.wait(60000, function() return chosen end, 20), "there is no action: " .. words)
	end

	shows("ari/password-drift", "opened")
	local found = vim.diagnostic.get(buffer)[1]
	check(found and found.lnum == 3 and found.col == 13 and found.end_col == 25, "the finding is elsewhere: " .. vim.inspect(found))

	-- What is told, where it leads, what there is.
	vim.api.nvim_win_set_cursor(0, { 4, 15 })
	vim.lsp.buf.hover()
	local told = ""
	check(vim.wait(60000, function()
		for _, window in ipairs(vim.api.nvim_list_wins()) do
			if vim.api.nvim_win_get_config(window).relative ~= "" then
				told = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
			end
		end
		return told ~= ""
	end, 20), "nothing is shown beside the password")
	check(told:find("dotenv: .?<secret:%x+>") ~= nil and told:find("etc/asterisk/ari.conf:6", 1, true) ~= nil, "shown is " .. told)
	vim.lsp.buf.document_symbol()
	check(vim.wait(60000, function() return #vim.fn.getqflist() == 4 end, 20), "symbols: " .. vim.inspect(vim.fn.getqflist()))
	vim.cmd("cclose")
	vim.lsp.buf.references()
	check(vim.wait(60000, function() return #vim.fn.getqflist() == 2 end, 20), "references: " .. vim.inspect(vim.fn.getqflist()))
	vim.cmd("cclose")
	vim.lsp.buf.definition()
	check(vim.wait(60000, function() return vim.api.nvim_buf_get_name(0):sub(-9) == "/ari.conf" end, 20), "the definition is not gone to")
	check(vim.api.nvim_win_get_cursor(0)[1] == 6, "the definition is in line " .. vim.api.nvim_win_get_cursor(0)[1])
	local config = vim.api.nvim_get_current_buf()
	check(vim.wait(60000, function() return vim.lsp.buf_is_attached(config, client) end, 20), "what was gone to has no server")
	vim.api.nvim_buf_set_lines(config, 6, 7, false, { "read" })
	vim.api.nvim_win_set_cursor(0, { 7, 4 })
	local answers = vim.lsp.buf_request_sync(config, "textDocument/completion", { textDocument = vim.lsp.util.make_text_document_params(config), position = { line = 6, character = 4 } }, 60000)
	local items = answers and answers[client] and answers[client].result or {}
	check(#items == 1 and items[1].label == "read_only", "completed by " .. vim.inspect(answers))
	vim.lsp.util.apply_text_edits({ items[1].textEdit }, config, "utf-16")
	check(vim.api.nvim_buf_get_lines(config, 6, 7, false)[1] == "read_only = ", "a key is completed by another text")
	vim.cmd("edit!")
	vim.cmd("buffer " .. buffer)

	-- A face before the password is two units of UTF-16 and four bytes.
	vim.api.nvim_buf_set_text(buffer, 3, 13, 3, 13, { "😀" })
	shows("ari/password-drift", "typed")
	check(vim.wait(60000, function() local one = vim.diagnostic.get(buffer)[1]; return one and one.end_col == 29 end, 20), "units are counted wrong")

	vim.api.nvim_win_set_cursor(0, { 4, 0 })
	choose("Ignore ari/password-drift")
	check(vim.wait(60000, function() return line(4):find("arilint: ignore%[ari/password%-drift%]") ~= nil end, 20), "no comment: " .. line(4))
	shows("", "silenced")
	vim.cmd("undo")
	shows("ari/password-drift", "undone")

	vim.api.nvim_win_set_cursor(0, { 4, 0 })
	choose("take the password of ari.conf")
	check(vim.wait(60000, function() return line(4) == "ARI_PASSWORD=Gz7qLw93kPd2" end, 20), "not mended: " .. line(4))
	shows("", "mended")

	-- The other side, open and not saved.
	vim.cmd("edit " .. vim.fn.fnameescape(root .. "/etc/asterisk/ari.conf"))
	local other = vim.api.nvim_get_current_buf()
	check(vim.lsp.buf_is_attached(other, client) and #vim.lsp.get_active_clients() == 1, "each file has a server")
	vim.api.nvim_buf_set_text(other, 5, 11, 5, 13, { "Kx" })
	shows("ari/password-drift", "the other side is changed")

	vim.lsp.stop_client(client)
	check(vim.wait(60000, function() return vim.lsp.client_is_stopped(client) end, 20), "the server does not end")
end

-- An error would have Neovim wait for a key.
local done, reason = pcall(main)
check(done, tostring(reason))
io.stdout:write(("\n%d passed, %d failed\n"):format(passed, failed))
vim.cmd("qall!")
