"""The outlook as one page of HTML: it needs no server, no network and, to be read, no script."""
