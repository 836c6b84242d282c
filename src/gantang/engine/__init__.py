"""The procedure language, the checker, working time: pure. See README.md."""
