"""The town: invented readers who read what is posted, open its links, like, repeat and reply, at a human pace."""
