"""The cube of permissions: every address of a matter × everybody × every kind of row, held against pages by hand."""
