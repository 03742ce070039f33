-- What Starling offers, in a running Neovim with flaky-builds-at-noon.md, whose story has no Task.

local LIMIT = 20000 -- milliseconds, for one thing to happen

--- Lets the editor run until the condition holds, and returns what it gave.
local function wait(what, condition)
  local test = coroutine.running()
  local deadline = vim.loop.now() + LIMIT
  while true do
    local met = condition()
    if met then
      io.stdout:write('ok: ', what, '\n')
      return met
    end
    assert(vim.loop.now() < deadline, 'not so within 20 s: ' .. what)
    vim.defer_fn(function() coroutine.resume(test) end, 20)
    coroutine.yield()
  end
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
end

local function missing_part()
  for _, found in ipairs(vim.diagnostic.get(0)) do
    if found.code == 'missing-part' then return found end
  end
end

--- The text of the floating window, if there is one.
local function float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\n')
    end
  end
end

local function features()
  local found = wait('a diagnostic says that the Task is missing', missing_part)
  assert(found.message:find('no Task', 1, true), found.message)
  assert(vim.api.nvim_buf_get_lines(0, found.lnum, found.lnum + 1, true)[1] == '# Flaky builds at noon')

  vim.fn.search('dive-deep')
  vim.lsp.buf.hover()
  wait('hovering over a principle explains it', function() return (float() or ''):find('Dive Deep', 1, true) end)

  vim.api.nvim_input('$i, fru<C-x><C-o>')
  wait('completion finishes the name of a principle', function() return text():find('standards, frugality]', 1, true) end)
  vim.api.nvim_input('<Esc>')
  wait('the editor is out of insert mode', function() return vim.fn.mode() == 'n' end)

  local offered = {}
  vim.ui.select = function(actions, options, choose)
    for index, action in ipairs(actions) do
      offered[index] = options.format_item(action)
      if offered[index]:find('Insert the Task', 1, true) then return choose(action, index) end
    end
    error('no fix inserts the Task: ' .. table.concat(offered, ', '))
  end
  vim.fn.search('Flaky builds at noon')
  vim.lsp.buf.code_action()
  wait('a quick fix inserts the Task', function() return text():find('\n## Task.-\n## Action') end)
  wait('the diagnostic is gone', function() return not missing_part() end)
end

coroutine.wrap(function()
  local passed, trouble = xpcall(features, debug.traceback)
  if passed then vim.cmd('qall!') end
  io.stderr:write('\nFAILED: ' .. trouble .. '\n\n' .. text() .. '\n')
  vim.cmd('cquit!')
end)()
