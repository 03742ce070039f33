;;; features.el --- What Starling offers in Emacs -*- lexical-binding: t -*-

;; Without a screen there is no command loop: its hooks and the timers of an idle editor are run by hand.

(require 'cl-lib)
(require 'eglot)
(require 'flymake)

(setq backtrace-on-error-noninteractive nil)

(defconst limit 20 "Seconds for one thing to happen.")

(defun wait (what condition)
  "Let the editor run until CONDITION gives something, which is WHAT, and return it."
  (let ((deadline (+ (float-time) limit)) met)
    (while (not (setq met (funcall condition)))
      (when (> (float-time) deadline)
        (error "Not so within %d s: %s\n\n%s" limit what (buffer-string)))
      (accept-process-output nil 0.02))
    (princ (format "ok: %s\n" what))
    met))

(defun missing-part ()
  "The diagnostic of a missing part, if there is one."
  (flymake-start)
  (seq-find (lambda (found) (string-match-p "has no Task" (flymake-diagnostic-text found))) (flymake-diagnostics)))

(defun after (text)
  "Go to the end of TEXT."
  (goto-char (point-min))
  (search-forward text))

(find-file (expand-file-name "flaky-builds-at-noon.md" (getenv "BANK")))
(run-hooks 'post-command-hook)
(wait "the server is connected" #'eglot-managed-p)

(let ((found (wait "a diagnostic says that the Task is missing" #'missing-part)))
  (goto-char (flymake-diagnostic-beg found))
  (unless (looking-at "Flaky builds at noon") (error "It is not at the title")))

(after "dive-d")
(let (explained)
  (run-hook-with-args-until-success 'eldoc-documentation-functions (lambda (text &rest _) (setq explained text)))
  (wait "hovering over a principle explains it" (lambda () (and explained (string-match-p "Dive Deep" explained)))))

(after "standards")
(insert ", fru")
(completion-at-point)
(wait "completion finishes the name of a principle" (lambda () (looking-back "standards, frugality" (line-beginning-position))))

(after "# Flaky")
(cl-letf ((last-nonmenu-event t) ; as by a key, not by the mouse
          ((symbol-function 'completing-read)
           (lambda (_prompt titles &rest _)
             (or (seq-find (lambda (title) (string-match-p "Insert the Task" title)) (all-completions "" titles))
                 (error "No fix inserts the Task")))))
  (eglot-code-actions (point) nil nil t))
(wait "a quick fix inserts the Task" (lambda () (after "## Situation") (search-forward "\n## Task" nil t)))
(eglot--signal-textDocument/didChange)
(wait "the diagnostic is gone" (lambda () (not (missing-part))))

(eglot-shutdown (eglot-current-server))
