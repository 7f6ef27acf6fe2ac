"""The public redirect: /go/<code>, for strangers, in a blink and without knowing them.

`door` answers, `directory` knows the codes, `robots` and `visitor` say who comes, `days` tells visits apart,
`collector` writes clicks in batches and `spill` keeps them while the database is away.
"""
