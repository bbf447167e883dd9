"""From a history and a rulebook to answers, and the words of an answer."""
