; What Starling reads of a Markdown block tree. Captures arrive in the order of the text, outer nodes first.

; Containers.
(block_quote) @quote
(list_item) @item
(list_marker_minus) @bullet
(list_marker_plus) @bullet
(list_marker_star) @bullet
(list_marker_dot) @number
(list_marker_parenthesis) @number
(task_list_marker_checked) @checkbox
(task_list_marker_unchecked) @checkbox

; Leaves.
(atx_heading) @heading
(setext_heading) @setext
(atx_h1_marker) @h1
(atx_h2_marker) @h2
(atx_h3_marker) @h3
(atx_h4_marker) @h4
(atx_h5_marker) @h5
(atx_h6_marker) @h6
(setext_h1_underline) @h1
(setext_h2_underline) @h2
(paragraph) @paragraph
(inline) @inline
(block_continuation) @prefix
(pipe_table_header) @header
(pipe_table_row) @row
(pipe_table_cell) @cell
(fenced_code_block) @code
(indented_code_block) @code
(html_block) @html
(thematic_break) @break
