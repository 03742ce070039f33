" What Starling offers, in a running Vim with flaky-builds-at-noon.md, whose story has no Task.

const s:LIMIT = 20 " seconds, for one thing to happen

function s:Report(lines) abort
  call writefile(a:lines, $REPORT, 'a')
endfunction

" Lets the editor run until the condition holds.
function s:Wait(what, Condition) abort
  let l:start = reltime()
  while !a:Condition()
    if reltimefloat(reltime(l:start)) > s:LIMIT
      throw printf('not so within %d s: %s', s:LIMIT, a:what)
    endif
    sleep 20m
  endwhile
  call s:Report(['ok: ' .. a:what])
endfunction

function s:Missing() abort
  return filter(getloclist(0), {_, found -> found.text =~ 'has no Task'})
endfunction

" The text of the window in which ALE explains something.
function s:Explained() abort
  let l:windows = filter(getwininfo(), {_, window -> getbufvar(window.bufnr, '&filetype') == 'ale-preview.message'})
  return join(map(l:windows, {_, window -> join(getbufline(window.bufnr, 1, '$'), "\n")}))
endfunction

function s:Features() abort
  call s:Wait('a diagnostic says that the Task is missing', {-> !empty(s:Missing())})
  if getline(s:Missing()[0].lnum) != '# Flaky builds at noon'
    throw 'it is not at the title'
  endif

  call search('dive-deep')
  normal K
  call s:Wait('hovering over a principle explains it', {-> s:Explained() =~ 'Dive Deep'})

  call feedkeys("$i, fru\<C-x>\<C-o>", 'tx')
  call s:Wait('completion finishes the name of a principle', {-> getline('.') =~ 'standards, frugality]$'})

  call search('Flaky builds at noon')
  ALECodeAction
  " ALE asks which one; the first is the one that the server prefers.
  call feedkeys("1\<CR>", 't')
  call s:Wait('a quick fix inserts the Task', {-> search('^## Task\_.*\n## Action', 'nw') > 0})
  " ALE sees a change when Vim waits for a key, which it does not while this runs.
  doautocmd TextChanged
  call s:Wait('the diagnostic is gone', {-> empty(s:Missing())})
endfunction

try
  call s:Features()
  qall!
catch
  call s:Report(['FAILED: ' .. v:exception] + getline(1, '$'))
  cquit!
endtry
