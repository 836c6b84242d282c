"""The wall and the leader's page: counts and public offices, never matters or people."""
