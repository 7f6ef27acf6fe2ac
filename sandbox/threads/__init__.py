"""Threads as its Graph API speaks it: containers first, posts from them. Text posts only; nothing fetches pictures."""
