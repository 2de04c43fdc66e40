"""Draws the pictures: a build-time tool that no handout needs."""
