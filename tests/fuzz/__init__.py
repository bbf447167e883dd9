"""Hostile inputs for every public function and command, made apart from the strategies that are shipped.

``make fuzz SECONDS=600`` goes on for as long as asked and says what it tried. What is looked for: an exception outside
the library's family, a row that is lost, a torn file, an input that takes long, memory that grows.
"""
