;;; Emacs' own client, as a user drives it who has taken over the lines of the README: SNIPPET and ROOT are these and a set-up. -*- lexical-binding: t -*-
(require 'cl-lib)

(defvar passed 0)
(defvar failed 0)

(defun check (met format &rest words)
  (if met
      (cl-incf passed)
    (cl-incf failed)
    (princ (concat "FAIL emacs.el: " (apply #'format format words) "\n"))))

(defun wait-until (met)
  "Lets what has come from the server be taken, until MET is so or a minute is over."
  (let ((end (+ (float-time) 60)))
    (while (not (or (funcall met) (> (float-time) end)))
      (accept-process-output nil 0.02))
    (funcall met)))

(defun open-file (name)
  "Opens a file, and does what the loop of commands does afterwards."
  (switch-to-buffer (find-file-noselect (expand-file-name name (getenv "ROOT"))))
  (run-hooks 'post-command-hook))

(defun shown ()
  (flymake-start)
  (mapcar (lambda (one) (list (line-number-at-pos (flymake-diagnostic-beg one)) (flymake-diagnostic-text one))) (flymake-diagnostics)))

(defun shows (wanted words)
  "Whether one finding with the text WANTED is shown, or none."
  (check (wait-until (lambda () (let ((now (shown)))
                                  (if wanted (and (= (length now) 1) (string-match-p wanted (cadar now))) (null now)))))
         "%s: shown is %S" words (shown)))

(defun choose (words)
  "Chooses the action whose title holds WORDS, as the user does who is asked."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_ choices &rest _) (car (seq-find (lambda (one) (string-search words (car one))) choices))))
            ((symbol-function 'y-or-n-p) #'always))
    (let ((last-nonmenu-event ?x))
      (eglot-code-actions (line-beginning-position) (line-end-position) nil t))))

(defun line () (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defun talk ()
  (load (getenv "SNIPPET") nil t)
  (open-file "backend/.env")
  (check (wait-until #'eglot-current-server) "the server is not started")
  (shows "is not the password of" "opened")
  (let ((found (car (flymake-diagnostics))))
    (check (and found (equal (buffer-substring-no-properties (flymake-diagnostic-beg found) (flymake-diagnostic-end found)) "Wr0ngPass77x"))
           "the finding is elsewhere: %S" found))
  (goto-char (point-min))
  (search-forward "ARI_PASSWORD=")
  (insert "😀")
  (undo-boundary)
  (eglot--signal-textDocument/didChange)
  (shows "is not the password of" "typed")
  (choose "Ignore ari/password-drift")
  (check (wait-until (lambda () (string-search "arilint: ignore[ari/password-drift]" (buffer-string)))) "no comment: %s" (buffer-string))
  (eglot--signal-textDocument/didChange)
  (shows nil "silenced")
  (undo)
  (eglot--signal-textDocument/didChange)
  (shows "is not the password of" "undone")
  (choose "take the password of ari.conf")
  (check (wait-until (lambda () (equal (line) "ARI_PASSWORD=Gz7qLw93kPd2"))) "not mended: %s" (line))
  (eglot--signal-textDocument/didChange)
  (shows nil "mended")
  (let ((server (eglot-current-server)))
    (open-file "etc/asterisk/ari.conf")
    (check (wait-until (lambda () (eq (eglot-current-server) server))) "each file has a server")
    (eglot-shutdown server)
    (check (wait-until (lambda () (not (jsonrpc-running-p server)))) "the server does not end")))

(setq make-backup-files nil auto-save-default nil create-lockfiles nil)
(condition-case reason (talk) (error (check nil "%S" reason)))
(princ (format "\n%d passed, %d failed\n" passed failed))
