"""Views of a life for every client: what a player may know, put in words. Nothing here reads, writes or draws."""
