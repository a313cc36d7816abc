"""Results → answers: one module a command, pure. Rows have the stable keys of the interface, blocks are what a person reads."""
