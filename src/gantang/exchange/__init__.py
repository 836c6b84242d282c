"""The API: everything the desk and the portal do, over HTTP, for programs. See README.md."""
