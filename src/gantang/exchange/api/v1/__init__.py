"""The first version: `app` builds it, `resources/` has one module per resource."""
