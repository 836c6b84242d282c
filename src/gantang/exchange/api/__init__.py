"""The API by versions. A version's document is frozen by a snapshot."""
