" Starling for Vim, by ALE. Copy to ~/.vim/ale_linters/markdown/starling.vim.

function! s:Root(buffer) abort
  let l:settings = ale#path#FindNearestFile(a:buffer, 'starling.toml')
  return fnamemodify(empty(l:settings) ? bufname(a:buffer) : l:settings, ':p:h')
endfunction

call ale#linter#Define('markdown', {
\ 'name': 'starling',
\ 'lsp': 'stdio',
\ 'executable': 'starling',
\ 'command': '%e lsp',
\ 'project_root': function('s:Root'),
\})
