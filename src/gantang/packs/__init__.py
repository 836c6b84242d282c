"""The procedures themselves, as data: one folder each."""
