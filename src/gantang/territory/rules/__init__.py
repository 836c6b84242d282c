"""The pure rules of ground: codes and their prefixes, the order of numbering, and where a point lies."""
