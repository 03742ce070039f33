-- Starling for Neovim 0.7 to 0.10. Copy to ~/.config/nvim/plugin/starling.lua, or source it from your init.lua.

local clients = {} -- one for each folder of stories

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'markdown',
  callback = function(event)
    local folder = vim.fn.fnamemodify(event.file, ':p:h')
    local settings = vim.fn.findfile('starling.toml', vim.fn.escape(folder, ' ;,') .. ';')
    local root = settings == '' and folder or vim.fn.fnamemodify(settings, ':p:h')
    if not vim.lsp.get_client_by_id(clients[root] or 0) then
      clients[root] = vim.lsp.start_client({ name = 'starling', cmd = { 'starling', 'lsp' }, root_dir = root })
    end
    vim.lsp.buf_attach_client(event.buf, clients[root])
    vim.bo[event.buf].omnifunc = 'v:lua.vim.lsp.omnifunc' -- CTRL-X CTRL-O completes
  end,
})
