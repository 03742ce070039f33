;;; starling.el --- Starling in Emacs, by Eglot -*- lexical-binding: t -*-

;; Load this file from your init file. It needs markdown-mode, and Eglot, which comes with Emacs 29 and later.

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(markdown-mode "starling" "lsp")))

(add-hook 'markdown-mode-hook #'eglot-ensure)

(provide 'starling)
;;; starling.el ends here
