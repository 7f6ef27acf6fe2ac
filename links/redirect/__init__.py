"""The public redirect: /go/<code>, for strangers, in a blink and without knowing them.

In the web process `door` answers, `directory` knows the codes, `visitor` and `days` turn who comes into a hash that
dies at midnight, `spool` appends the click's line (`lines`) before the answer, and `keeper` does what can wait.
In a process of its own, `drain` judges the lines (`robots`, `days`) and writes them to the table, each once.
"""
