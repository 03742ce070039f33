-- Starling for Neovim 0.11 or later. Copy to ~/.config/nvim/plugin/starling.lua, or source it from your init.lua.

vim.lsp.config('starling', {
  cmd = { 'starling', 'lsp' },
  filetypes = { 'markdown' },
  -- The folder of your stories. A file outside of any such folder is served alone.
  root_markers = { 'starling.toml', '.git' },
})

vim.lsp.enable('starling')
